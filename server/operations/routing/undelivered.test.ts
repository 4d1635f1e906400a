import { listAudit } from '../../../src/api/access.ts';
import { getAlert } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { deleteReceiver } from '../../../src/api/routing.ts';
import { getSystemStatus } from '../../../src/api/system.ts';
import { dismissUndelivered, listUndelivered, resendUndelivered } from '../../../src/api/undelivered.ts';
import { addMs, seconds } from '../../../src/core/units.ts';
import type { NewJob } from '../../store/jobRepository.ts';
import { sampleAlert, sampleJob } from '../../store/testing/samples.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let clients: Record<'viewer' | 'editor' | 'admin', Client>;
beforeEach(async () => {
  engine = await createTestEngine();
  clients = await testClients(engine);
  await addReceiver('hook');
});
afterEach(() => engine.dispose());

const addReceiver = (name: string) =>
  engine.store.write((tx) =>
    tx.receivers.save({
      ...{ namespace: 'default', name, kind: 'webhook', settings: {}, secrets: '', updatedAt: engine.clock.now() },
      ...{ updatedBy: 'Ada', testedAt: null, lastDeliveryAt: null, lastDeliveryError: null },
    })
  );

/** An alert of which a receiver refused to hear. */
async function giveUp(alertId: string, fields: Partial<NewJob> = {}): Promise<void> {
  const now = engine.clock.now();
  const alert = sampleAlert({ id: alertId, fingerprint: alertId });
  const payload = { kind: 'fired', reason: 'too slow', at: now, alert: { ...alert } } as never;
  const job = sampleJob({
    ...{ queue: 'hook', subject: alertId, idempotencyKey: alertId, payload, runAt: now, now },
    ...fields,
  });
  const { namespace, queue, kind } = job;
  await engine.store.write(async (tx) => {
    await tx.alerts.save([{ ...alert, namespace }]);
    await tx.jobs.enqueue([job]);
    const claim = await tx.jobs.claim({ namespace, queue, kind, now, leaseUntil: addMs(now, seconds(9)), max: 9 });
    expect(
      claim &&
        (await tx.jobs.bury(claim, now, { error: `${queue} could not be notified: answered 401`, skippedIds: [] }))
    ).toBe(true);
  });
}

const ids = async () => (await clients.admin.call(listUndelivered, {})).items.map(({ id }) => id);
const problems = async () =>
  (await clients.viewer.call(getSystemStatus, {})).problems.filter((text) => text.includes('given up'));

it('are listed with receiver, alert, reason and time, newest first, in pages, for admins of their namespace', async () => {
  await giveUp('a1');
  engine.clock.advance(1000);
  await giveUp('a2', { queue: 'gone' });
  const first = await clients.admin.call(listUndelivered, { limit: 1 });
  expect(first).toMatchObject({
    total: 2,
    items: [{ alertId: 'a2', receiver: 'gone', receiverKind: 'deleted', at: engine.clock.now() }],
  });
  expect(await clients.admin.call(listUndelivered, { limit: 1, cursor: first.next ?? '' })).toMatchObject({
    next: null,
    items: [
      {
        ...{ alertId: 'a1', receiver: 'hook', receiverKind: 'webhook', kind: 'fired', severity: 'critical' },
        ...{ summary: 'checkout: p95 latency above 800 ms', reason: 'hook could not be notified: answered 401' },
      },
    ],
  });
  const stranger = testClient(engine, await engine.token('admin', 'org-2'));
  expect(await stranger.call(listUndelivered, {})).toEqual({ items: [], next: null, total: 0 });
  await expect(stranger.call(dismissUndelivered, { ids: await ids() })).rejects.toMatchObject({ code: 'not_found' });
  await expect(clients.editor.call(listUndelivered, {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(clients.editor.call(dismissUndelivered, { ids: await ids() })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

it('make the engine degraded until somebody has seen to them, and it says where', async () => {
  await giveUp('a1');
  expect(await problems()).toEqual([
    '1 notification was given up: an admin sends it again or dismisses it under Settings, Receivers',
  ]);
  await giveUp('a2');
  expect(await problems()).toEqual([
    '2 notifications were given up: an admin sends them again or dismisses them under Settings, Receivers',
  ]);
  expect(await clients.admin.call(dismissUndelivered, { ids: await ids() })).toEqual({ count: 2 });
  expect(await problems()).toEqual([]);
  const { timeline, deliveries } = await clients.viewer.call(getAlert, { id: 'a1' });
  expect(timeline.map(({ kind, actor }) => [kind, actor])).toEqual([['notification_dismissed', 'admin of default']]);
  expect(deliveries).toMatchObject([{ receiver: 'hook', state: 'failed' }]);
});

it('leave an audit row when they are sent again, and one when that is refused', async () => {
  await giveUp('a1');
  const [id = ''] = await ids();
  await clients.admin.call(resendUndelivered, { ids: [id] });
  expect(await ids()).toEqual([]);
  await expect(clients.admin.call(resendUndelivered, { ids: [id] })).rejects.toMatchObject({ code: 'not_found' });
  const [refused, done] = (await clients.admin.call(listAudit, {})).items;
  expect(done).toMatchObject({
    ...{ action: 'resendUndelivered', object: `notification ${id}`, outcome: 'done' },
    ...{ before: { state: 'dead', receivers: { hook: [id] } }, after: { state: 'queued', receivers: { hook: [id] } } },
  });
  expect(refused).toMatchObject({ action: 'resendUndelivered', outcome: 'refused', after: { code: 'not_found' } });
});

it('are not sent to a receiver that was deleted', async () => {
  await giveUp('a1');
  await clients.admin.call(deleteReceiver, { name: 'hook' });
  await expect(clients.admin.call(resendUndelivered, { ids: await ids() })).rejects.toMatchObject({
    code: 'conflict',
    message: 'There is no receiver hook any more: add one of that name, or dismiss its notifications.',
  });
  expect(await ids()).toHaveLength(1);
});

it.each([[[]], [['0']], [['1; drop table jobs']], [Array.from({ length: 1001 }, (_, n) => String(n + 1))]])(
  'are refused by ids that are none: %j',
  async (wrong) => {
    const token = await engine.token('admin');
    for (const what of ['resend', 'dismiss']) {
      const response = await engine.request('POST', `/api/v1/receivers/undelivered/${what}`, {
        token,
        body: { ids: wrong },
      });
      expect(await response.json()).toMatchObject({ status: 400, code: 'invalid_input' });
    }
  }
);
