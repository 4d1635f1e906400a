import { getAlert, listAlerts, listHistory } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { createReceiver, updateRoutes } from '../../../src/api/routing.ts';
import { addMs, minutes } from '../../../src/core/units.ts';
import { NOTIFY } from '../../notifyPayload.ts';
import { prepareBatch } from '../../pipeline/prepareBatch.ts';
import { recordDelivery } from '../../pipeline/recordDelivery.ts';
import type { DeliveryResult } from '../../receivers/receiver.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

const PLACE = '10.0.0.7:8443';
const WHOLE = `pager could not be notified: could not be reached: connect ECONNREFUSED ${PLACE}`;
const TOLD = 'pager could not be notified: could not be reached: connect ECONNREFUSED [address]';

let engine: TestEngine;
let clients: { admin: Client; editor: Client; viewer: Client };
beforeEach(async () => {
  engine = await createTestEngine();
  clients = await testClients(engine);
  const { admin } = clients;
  const settings = { url: 'https://example.org/' };
  await admin.call(createReceiver, { name: 'pager', kind: 'webhook', settings });
  await admin.call(updateRoutes, { items: [{ matchers: [], receiver: 'pager', continue: false }] });
  const labels = { alertname: 'Slow', service: 'checkout' };
  await admin.call(intakeEvents, { events: [{ labels, annotations: { summary: `slow at ${PLACE}` } }] });
  await deliver({
    ...{ ok: false, retryable: false, retryAfterMs: null },
    message: `could not be reached: connect ECONNREFUSED ${PLACE}`,
  });
});
afterEach(() => engine.dispose());

async function deliver(result: DeliveryResult): Promise<void> {
  const { store, clock } = engine;
  const now = clock.now();
  await store.write(async (tx) => {
    const asked = { kind: NOTIFY, namespace: 'default', queue: 'pager', max: 10 };
    const claim = await tx.jobs.claim({ ...asked, now, leaseUntil: addMs(now, minutes(1)) });
    if (claim === undefined) {
      throw new Error('expected a notification to deliver');
    }
    const batch = await prepareBatch(tx, claim, now);
    await recordDelivery(tx, { claim, batch, result, now }, () => 0);
  });
}

async function everyFailure(client: Client): Promise<readonly unknown[]> {
  const { items, deliveries } = await client.call(listAlerts, {});
  const { timeline, deliveries: all } = await client.call(getAlert, { id: items[0]?.id ?? '' });
  const { items: history } = await client.call(listHistory, { kind: ['notification_failed'] });
  const failed = timeline.filter(({ kind }) => kind === 'notification_failed');
  return [
    ...[...deliveries, ...all].map(({ lastError }) => lastError),
    ...[...failed, ...history].map(({ reason }) => reason),
  ];
}

it.each(['viewer', 'editor'] as const)('says to a %s what happened, and not where', async (role) => {
  expect(await everyFailure(clients[role])).toEqual([TOLD, TOLD, TOLD, TOLD]);
});

it('says all of it to an admin', async () => {
  expect(await everyFailure(clients.admin)).toEqual([WHOLE, WHOLE, WHOLE, WHOLE]);
});

it.each([
  ['read', TOLD],
  ['write', TOLD],
  ['admin', WHOLE],
] as const)('tells the token "%s" the same in the export and in panels', async (scope, reason) => {
  const token = await engine.token(scope);
  const csv = await (await engine.request('GET', '/api/v1/history/export?kind=notification_failed', { token })).text();
  const now = engine.clock.now();
  const range = { from: new Date(now - minutes(5)).toISOString(), to: new Date(now).toISOString() };
  const queries = [{ refId: 'A', query: { queryType: 'history', kinds: ['notification_failed'] } }];
  const frames = await engine.request('POST', '/api/v1/frames/query', { token, body: { ...range, queries } });
  const answers = [csv, await frames.text()];
  expect(answers.map((text) => text.includes(reason))).toEqual([true, true]);
});

it('leaves alone what alerts and people say', async () => {
  const { items } = await clients.viewer.call(listAlerts, {});
  expect(items[0]?.summary).toBe(`slow at ${PLACE}`);
});
