import { listAudit } from '../../../src/api/access.ts';
import { listAlerts, listHistory } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import {
  createReceiver,
  createSilence,
  expireSilence,
  listSilences,
  previewSilence,
  updateRoutes,
  updateSilence,
} from '../../../src/api/routing.ts';
import type { Matcher } from '../../../src/core/matchers.ts';
import { addMs, days, hours, minutes } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let editor: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, editor, viewer } = await testClients(engine));
  await admin.call(createReceiver, { name: 'hook', kind: 'webhook', settings: { url: 'https://example.org/' } });
  await admin.call(updateRoutes, { items: [{ matchers: [], receiver: 'hook', continue: false }] });
});
afterEach(() => engine.dispose());

const fire = (service: string) =>
  editor.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', service }, severity: 'critical' }] });
const is = (name: string, value: string): Matcher => ({ name, op: '=', value });
const inMs = (ms: ReturnType<typeof hours>) => addMs(engine.clock.now(), ms);

const silence = (
  matchers: Matcher[],
  more: { startsAt?: ReturnType<typeof inMs>; endsAt?: ReturnType<typeof inMs> } = {}
) => editor.call(createSilence, { matchers, endsAt: inMs(hours(1)), comment: 'work on it', ...more });

const queued = async () =>
  (await engine.store.read.jobs.stats('default', 'notify', engine.clock.now())).queuedByQueue['hook'] ?? 0;

it('marks what is open, keeps what comes from being told, and lets it out when it is ended', async () => {
  await fire('checkout');
  expect(await queued()).toBe(1);
  const { silence: made } = await silence([is('service', 'checkout')]);
  expect(made).toMatchObject({ state: 'active', matching: 1, createdBy: 'write of default', comment: 'work on it' });
  const suppressed = await viewer.call(listAlerts, { suppressed: true });
  expect(suppressed.items[0]?.suppressedBy).toEqual([{ kind: 'silence', id: made.id }]);

  await fire('cart');
  expect(await queued()).toBe(2);
  const { silence: all } = await silence([{ name: 'service', op: '=~', value: '.+' }]);
  await fire('catalog');
  expect(await queued()).toBe(2);

  await editor.call(expireSilence, { id: all.id });
  const catalog = (await viewer.call(listAlerts, { service: ['catalog'] })).items[0];
  expect(catalog?.suppressedBy).toEqual([]);
  // The catalog for the first time; the cart again, as it still holds; the checkout has another silence.
  expect(await queued()).toBe(4);
  const kinds = (await viewer.call(listHistory, { service: 'catalog' })).items.map(({ kind }) => kind);
  expect(kinds.toReversed()).toEqual(['fired', 'suppressed', 'unsuppressed']);
});

it('says in the history who silenced an alert and why, and who let it out', async () => {
  await fire('checkout');
  const { silence: made } = await silence([is('service', 'checkout')]);
  await fire('checkout');
  await admin.call(expireSilence, { id: made.id });
  const by = async (actor: string) => {
    const { items } = await viewer.call(listHistory, { actor });
    return items.map(({ kind, reason }) => [kind, reason]);
  };
  const until = new Date(made.endsAt).toISOString().slice(0, 19).replace('T', ' ');
  expect(await by('write of default')).toEqual([
    ['suppressed', `suppressed by silence ${made.id} (by write of default, until ${until}Z): work on it`],
  ]);
  expect(await by('admin of default')).toEqual([['unsuppressed', `silence ${made.id} ended by admin of default`]]);
});

it('begins and ends by itself', async () => {
  await silence([is('service', 'checkout')], { startsAt: inMs(minutes(10)), endsAt: inMs(minutes(20)) });
  const stateNow = async () => (await viewer.call(listSilences, {})).items.map(({ state }) => state);
  expect(await stateNow()).toEqual(['pending']);
  engine.clock.advance(minutes(10));
  expect(await stateNow()).toEqual(['active']);
  engine.clock.advance(minutes(10));
  expect(await stateNow()).toEqual(['expired']);
  expect((await viewer.call(listSilences, { state: ['active', 'pending'] })).items).toEqual([]);
  expect((await viewer.call(listSilences, { state: ['expired'] })).items).toHaveLength(1);
});

it.each([
  ['that everything would match', [{ name: 'service', op: '=~' as const, value: '.*' }]],
  ['that even what has no labels would match', [{ name: 'team', op: '!=' as const, value: 'x' }]],
])('refuses matchers %s', async (_what, matchers) => {
  await expect(silence(matchers)).rejects.toMatchObject({
    status: 400,
    errors: [{ path: 'matchers', message: 'at least one must not match an empty value' }],
  });
  expect((await viewer.call(listSilences, {})).items).toEqual([]);
});

it('refuses a span that has passed, is empty, or is longer than a year', async () => {
  const span = (startsAt: number, endsAt: number) =>
    silence([is('service', 'cart')], { startsAt: inMs(hours(startsAt)), endsAt: inMs(hours(endsAt)) });
  const message = (text: string) => ({ status: 400, errors: [{ path: 'endsAt', message: text }] });
  await expect(span(-2, -1)).rejects.toMatchObject(message('expected a time in the future'));
  await expect(span(2, 1)).rejects.toMatchObject(message('expected a time after startsAt'));
  await expect(span(0, days(367) / hours(1))).rejects.toMatchObject(message('expected at most a year after startsAt'));
  expect(await span(0, 24 * 366)).toMatchObject({ silence: { state: 'active' } });
});

it('refuses a pattern that is none, and a comment that says nothing', async () => {
  await expect(silence([{ name: 'service', op: '=~', value: '(' }])).rejects.toMatchObject({ status: 400 });
  await expect(
    editor.call(createSilence, { matchers: [is('service', 'cart')], endsAt: inMs(hours(1)), comment: ' ' })
  ).rejects.toMatchObject({ errors: [{ path: 'comment', message: 'expected a comment that says why' }] });
});

it('cannot be ended twice, nor where there is none', async () => {
  const { silence: made } = await silence([is('service', 'cart')]);
  await editor.call(expireSilence, { id: made.id });
  await expect(editor.call(expireSilence, { id: made.id })).rejects.toMatchObject({ status: 409 });
  await expect(editor.call(expireSilence, { id: 'none' })).rejects.toMatchObject({ status: 404 });
  await expect(viewer.call(expireSilence, { id: made.id })).rejects.toMatchObject({ status: 403 });
});

it('can be tried before: which alerts would be silenced', async () => {
  await fire('checkout');
  await fire('cart');
  const preview = await viewer.call(previewSilence, { matchers: [{ name: 'service', op: '=~', value: 'c.*t' }] });
  expect([preview.total, preview.items.map(({ service }) => service).toSorted()]).toEqual([2, ['cart', 'checkout']]);
  expect((await viewer.call(previewSilence, { matchers: [is('service', 'none')] })).total).toBe(0);
  expect((await viewer.call(listSilences, {})).items).toEqual([]);
});

describe('editing', () => {
  const work = [is('service', 'checkout')];
  const edit = (id: string, more: { matchers?: Matcher[]; endsAt?: ReturnType<typeof inMs>; comment?: string }) =>
    editor.call(updateSilence, { id, matchers: work, endsAt: inMs(hours(1)), comment: 'work on it', ...more });
  const kinds = async () => (await viewer.call(listHistory, {})).items.map(({ kind }) => kind).toReversed();

  it('moves the end and the comment where the silence stands', async () => {
    const { silence: made } = await silence(work);
    engine.clock.advance(minutes(10));
    const endsAt = inMs(hours(3));
    const { silence: longer, replaced } = await edit(made.id, { endsAt, comment: 'longer work' });
    expect(longer).toEqual({ ...made, endsAt, comment: 'longer work', updatedAt: engine.clock.now() });
    expect(replaced).toBeNull();
    expect((await viewer.call(listSilences, {})).items).toHaveLength(1);
  });

  it('takes the same matchers in another order for the same', async () => {
    const both = [is('service', 'checkout'), is('team', 'shop')];
    const { silence: made } = await silence(both);
    expect((await edit(made.id, { matchers: both.toReversed() })).silence.id).toBe(made.id);
  });

  it('ends the old and makes a new one for other matchers, and lets nothing out in between', async () => {
    await fire('checkout');
    const { silence: made } = await silence(work);
    engine.clock.advance(minutes(10));
    const before = await queued();
    const { silence: wider, replaced } = await edit(made.id, {
      matchers: [{ name: 'service', op: '=~', value: 'c.*' }],
    });
    expect(replaced).toBe(made.id);
    expect(wider).toMatchObject({ state: 'active', matching: 1, startsAt: engine.clock.now() });
    expect(wider.id).not.toBe(made.id);
    const old = (await viewer.call(listSilences, { state: ['expired'] })).items;
    expect(old).toEqual([expect.objectContaining({ id: made.id, endsAt: engine.clock.now(), matchers: work })]);
    expect((await viewer.call(listAlerts, {})).items[0]?.suppressedBy).toEqual([{ kind: 'silence', id: wider.id }]);
    expect(await queued()).toBe(before);
    expect(await kinds()).toEqual(['fired', 'suppressed', 'suppressed']);
  });

  it('lets out what narrower matchers no longer hold', async () => {
    await fire('checkout');
    const { silence: made } = await silence(work);
    const before = await queued();
    await edit(made.id, { matchers: [is('service', 'cart')] });
    expect((await viewer.call(listAlerts, {})).items[0]?.suppressedBy).toEqual([]);
    expect(await queued()).toBe(before + 1);
  });

  it('makes a new one of one that has ended', async () => {
    const { silence: made } = await silence(work);
    await editor.call(expireSilence, { id: made.id });
    const { silence: again, replaced } = await edit(made.id, {});
    expect([again.state, replaced, again.id === made.id]).toEqual(['active', null, false]);
  });

  it('changes one that has not begun, with its start', async () => {
    const { silence: made } = await silence(work, { startsAt: inMs(minutes(10)), endsAt: inMs(minutes(20)) });
    const startsAt = inMs(minutes(15));
    const later = await editor.call(updateSilence, {
      ...{ id: made.id, matchers: work, startsAt },
      ...{ endsAt: inMs(hours(1)), comment: 'x' },
    });
    expect(later.silence).toMatchObject({ id: made.id, startsAt, state: 'pending' });
    const wider = await edit(made.id, { matchers: [is('service', 'cart')] });
    expect(wider.silence).toMatchObject({ startsAt, state: 'pending' });
    const [old] = (await viewer.call(listSilences, { state: ['expired'] })).items;
    expect(old).toMatchObject({ id: made.id, startsAt: engine.clock.now(), endsAt: engine.clock.now() });
  });

  it('refuses what making one refuses, and leaves the silence as it was', async () => {
    const { silence: made } = await silence(work);
    await expect(edit(made.id, { endsAt: engine.clock.now() })).rejects.toMatchObject({ status: 400 });
    await expect(edit(made.id, { matchers: [{ name: 'a', op: '=~', value: '.*' }] })).rejects.toMatchObject({
      errors: [{ path: 'matchers', message: 'at least one must not match an empty value' }],
    });
    await expect(edit(made.id, { endsAt: inMs(days(367)) })).rejects.toMatchObject({ status: 400 });
    await expect(edit('none', {})).rejects.toMatchObject({ status: 404 });
    await expect(
      viewer.call(updateSilence, { id: made.id, matchers: work, endsAt: inMs(hours(1)), comment: 'x' })
    ).rejects.toMatchObject({ status: 403 });
    expect((await viewer.call(listSilences, {})).items).toEqual([made]);
  });

  it('is in the audit with both states', async () => {
    const { silence: made } = await silence(work);
    await edit(made.id, { comment: 'longer work' });
    const [row] = (await admin.call(listAudit, { action: 'updateSilence' })).items;
    expect(row).toMatchObject({
      before: { comment: 'work on it' },
      after: { comment: 'longer work' },
      outcome: 'done',
    });
  });
});
