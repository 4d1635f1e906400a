import { listAudit } from '../../../src/api/access.ts';
import type { Client } from '../../../src/api/client.ts';
import {
  createThreshold,
  deleteThreshold,
  getThreshold,
  listThresholds,
  listThresholdVersions,
  patchThresholds,
  revertThreshold,
  updateThreshold,
  type ThresholdInput,
} from '../../../src/api/thresholds.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const latency: ThresholdInput = {
  ...{ service: 'checkout', signal: 'latency_p95', warning: 0.3, critical: 0.8, for: seconds(10) },
  ...{ owner: 'shop', runbookUrl: 'https://runbooks.example/latency', labels: { team: 'shop' } },
};

const create = async (input: ThresholdInput = latency, reason = '') =>
  (await admin.call(createThreshold, { ...input, reason })).threshold;

const stored = async () => (await viewer.call(listThresholds, {})).items;

describe('creating', () => {
  it('takes direction and unit from the signal, and tells the evaluator', async () => {
    const threshold = await create({ service: 'checkout', signal: 'disk_free', warning: 0.2 });
    expect(threshold).toMatchObject({
      ...{ direction: 'below', unit: 'ratio', warning: 0.2, critical: null, for: 0, enabled: true, version: 1 },
      ...{ updatedBy: 'admin of default', updatedAt: engine.clock.now(), createdAt: engine.clock.now() },
    });
    expect(engine.reloads()).toBe(1);
    expect((await viewer.call(getThreshold, { id: threshold.id })).threshold).toEqual(threshold);
  });

  it.each([
    [{ warning: null, critical: null }, 'warning', 'Expected a warning level, a critical level or both.'],
    [{ warning: 0.8, critical: 0.3 }, 'critical', /^Expected a critical level above the warning level of 800 ms/],
    [{ warning: -1 }, 'warning', 'Expected 0 or more.'],
    [{ unit: 'bytes' as const }, 'unit', 'p95 latency is measured in seconds, not in bytes.'],
    [{ for: minutes(60 * 25) }, 'for', 'Expected a duration from 0s to 24h.'],
    [{ labels: { severity: 'x' } }, 'labels', /^The label severity is set by the threshold itself/],
    [{ service: 'check*' }, 'service', /is not a pattern/],
  ])('refuses %j beside the field that is wrong', async (wrong, path, message) => {
    const refused = admin.call(createThreshold, { ...latency, ...wrong, reason: '' });
    await expect(refused).rejects.toMatchObject({
      ...{ status: 400, code: 'invalid_input' },
      errors: [{ path, message: typeof message === 'string' ? message : expect.stringMatching(message) }],
    });
    expect(await stored()).toEqual([]);
    expect(engine.reloads()).toBe(0);
  });

  it('refuses a second one for the same service and signal', async () => {
    const first = await create();
    await expect(create({ ...latency, warning: 0.5 })).rejects.toMatchObject({
      ...{ status: 409, message: expect.stringContaining(first.id) },
      errors: [{ path: 'signal', message: expect.stringContaining('already') }],
    });
    expect(await create({ ...latency, service: '*' })).toMatchObject({ service: '*' });
    expect(await create({ ...latency, signal: { expr: 'up' }, unit: 'none' })).toMatchObject({
      signal: { expr: 'up' },
    });
    expect(await stored()).toHaveLength(3);
  });
});

describe('replacing', () => {
  it('raises the version and says who and when', async () => {
    const { id } = await create();
    engine.clock.advance(minutes(5));
    const { threshold } = await admin.call(updateThreshold, {
      ...latency,
      id,
      version: 1,
      warning: 0.4,
      reason: 'noisy',
    });
    expect(threshold).toMatchObject({ version: 2, warning: 0.4, updatedAt: engine.clock.now() });
    expect(threshold.updatedAt - threshold.createdAt).toBe(minutes(5));
    expect(engine.reloads()).toBe(2);
  });

  it('refuses a change that was made on an older version', async () => {
    const { id } = await create();
    await admin.call(updateThreshold, { ...latency, id, version: 1, warning: 0.4, reason: '' });
    await expect(
      admin.call(updateThreshold, { ...latency, id, version: 1, warning: 0.5, reason: '' })
    ).rejects.toMatchObject({
      ...{ status: 409, code: 'conflict' },
      message: expect.stringContaining('(version 2, yours 1). Load it again.'),
    });
    expect((await stored())[0]).toMatchObject({ warning: 0.4, version: 2 });
  });

  it('cannot make it the second for a service and signal', async () => {
    await create();
    const { id } = await create({ ...latency, service: 'cart' });
    await expect(admin.call(updateThreshold, { ...latency, id, reason: '' })).rejects.toMatchObject({ status: 409 });
  });

  it('needs one that is there', async () => {
    await expect(admin.call(updateThreshold, { ...latency, id: 'none', reason: '' })).rejects.toMatchObject({
      status: 404,
      message: 'There is no threshold none.',
    });
  });
});

describe('changing many', () => {
  const services = ['checkout', 'cart', 'catalog'];
  const createAll = async () => {
    const ids: string[] = [];
    for (const service of services) {
      ids.push((await create({ ...latency, service })).id);
    }
    return ids;
  };

  it('changes the given fields of all and nothing else', async () => {
    const ids = await createAll();
    const { items } = await admin.call(patchThresholds, {
      items: ids.map((id) => ({ id, owner: 'platform' })),
      reason: 'handed over',
    });
    expect(items.map(({ owner, warning, version }) => [owner, warning, version])).toEqual(
      services.map(() => ['platform', 0.3, 2])
    );
    const versions = (await viewer.call(listThresholdVersions, { id: ids[0] ?? '' })).items;
    expect(versions.map(({ version, change, reason }) => [version, change, reason])).toEqual([
      [2, 'updated', 'handed over'],
      [1, 'created', ''],
    ]);
  });

  it.each([
    ['a bad value', { warning: 2 }, { status: 400, path: 'items[1].critical' }],
    ['a version that is not the stored one', { version: 7 }, { status: 409, path: undefined }],
    ['the service of another', { service: 'checkout' }, { status: 409, path: 'signal' }],
  ])('changes none when one has %s', async (_what, wrong, { status, path }) => {
    const [first = '', second = ''] = await createAll();
    const before = await stored();
    const refused = await admin
      .call(patchThresholds, {
        items: [
          { id: first, owner: 'platform' },
          { id: second, ...wrong },
        ],
        reason: '',
      })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ status, errors: path === undefined ? [] : [{ path }] });
    expect(await stored()).toEqual(before);
    expect(engine.reloads()).toBe(services.length);
  });

  it('changes none when one is not there, or is named twice', async () => {
    const [id = ''] = await createAll();
    const before = await stored();
    const patch = (items: Array<{ id: string; owner: string }>) => admin.call(patchThresholds, { items, reason: '' });
    await expect(
      patch([
        { id, owner: 'x' },
        { id: 'none', owner: 'x' },
      ])
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      patch([
        { id, owner: 'x' },
        { id, owner: 'y' },
      ])
    ).rejects.toMatchObject({ status: 400, message: `items: threshold ${id} is given twice; expected each once` });
    expect(await stored()).toEqual(before);
  });
});

describe('deleting and going back', () => {
  it('keeps the history, from which a deleted one comes back', async () => {
    const { id } = await create(latency, 'first');
    await admin.call(updateThreshold, { ...latency, id, critical: 1.5, reason: 'second' });
    await admin.call(deleteThreshold, { id, reason: 'no longer' });
    expect(await stored()).toEqual([]);
    await expect(viewer.call(getThreshold, { id })).rejects.toMatchObject({ status: 404 });

    const { threshold } = await admin.call(revertThreshold, { id, version: 1, reason: '' });
    expect(threshold).toMatchObject({ id, critical: 0.8, version: 4 });
    const { items } = await viewer.call(listThresholdVersions, { id });
    expect(items.map(({ version, change, reason, spec }) => [version, change, reason, spec?.critical ?? null])).toEqual(
      [
        [4, 'reverted', 'back to version 1', 0.8],
        [3, 'deleted', 'no longer', null],
        [2, 'updated', 'second', 1.5],
        [1, 'created', 'first', 0.8],
      ]
    );
    expect(engine.reloads()).toBe(4);
  });

  it('cannot go back to a version that never was, or to a deletion', async () => {
    const { id } = await create();
    await admin.call(deleteThreshold, { id });
    const back = (version: number) => admin.call(revertThreshold, { id, version, reason: '' });
    await expect(back(9)).rejects.toMatchObject({ status: 404, message: expect.stringContaining('no version 9') });
    await expect(back(2)).rejects.toMatchObject({ status: 404 });
    await expect(viewer.call(listThresholdVersions, { id: 'none' })).rejects.toMatchObject({ status: 404 });
    await expect(admin.call(deleteThreshold, { id })).rejects.toMatchObject({ status: 404 });
  });

  it('cannot bring one back where another has taken its place', async () => {
    const { id } = await create();
    await admin.call(deleteThreshold, { id });
    await create({ ...latency, warning: 0.5 });
    await expect(admin.call(revertThreshold, { id, version: 1, reason: '' })).rejects.toMatchObject({ status: 409 });
  });
});

it('lists defaults first, then by service, page by page', async () => {
  for (const service of ['cart', '*', 'checkout', 'catalog']) {
    await create({ ...latency, service });
  }
  const first = await viewer.call(listThresholds, { limit: 3 });
  expect(first.items.map(({ service }) => service)).toEqual(['*', 'cart', 'catalog']);
  const second = await viewer.call(listThresholds, { limit: 3, cursor: first.next ?? '' });
  expect([second.items.map(({ service }) => service), second.next]).toEqual([['checkout'], null]);
  await expect(viewer.call(listThresholds, { cursor: 'gone' })).rejects.toMatchObject({ status: 410 });
  expect((await viewer.call(listThresholds, { service: 'cart' })).items).toHaveLength(1);
});

it('writes an audit row for each change, refused ones too, with what was and what is', async () => {
  const { id } = await create();
  await admin.call(patchThresholds, { items: [{ id, warning: 0.4 }], reason: '' });
  await admin.call(updateThreshold, { ...latency, id, version: 1, reason: '' }).catch(() => undefined);
  const { editor } = await testClients(engine);
  await editor.call(deleteThreshold, { id }).catch(() => undefined);
  const { items } = await admin.call(listAudit, {});
  expect(items.map(({ action, outcome, actorName }) => [action, outcome, actorName]).toReversed()).toEqual([
    ['createThreshold', 'done', 'admin of default'],
    ['patchThresholds', 'done', 'admin of default'],
    ['updateThreshold', 'refused', 'admin of default'],
    ['deleteThreshold', 'refused', 'write of default'],
  ]);
  const [, , patched] = items;
  expect(patched).toMatchObject({
    object: '1 thresholds',
    before: { [id]: { warning: 0.3, for: '10s' } },
    after: { [id]: { warning: 0.4, for: '10s' } },
  });
  expect(items[0]).toMatchObject({ after: { code: 'forbidden' }, before: null });
});
