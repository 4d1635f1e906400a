import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { createReceiver, getRoutes, matchRoutesOperation, updateRoutes } from '../../../src/api/routing.ts';
import type { Matcher } from '../../../src/core/matchers.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, viewer } = await testClients(engine));
  for (const name of ['shop', 'platform', 'everyone']) {
    await admin.call(createReceiver, { name, kind: 'webhook', settings: { url: `https://example.org/${name}` } });
  }
});
afterEach(() => engine.dispose());

const route = (receiver: string, matchers: Matcher[], goOn = false) => ({ receiver, matchers, continue: goOn });
const is = (name: string, value: string): Matcher => ({ name, op: '=', value });

const setRoutes = (items: Array<ReturnType<typeof route>>, version?: number) =>
  admin.call(updateRoutes, { items, ...(version === undefined ? {} : { version }) });

const matching = async (labels: Record<string, string>) => viewer.call(matchRoutesOperation, { labels });

it('asks the first route that matches, and further ones only with continue', async () => {
  await setRoutes([
    route('platform', [is('severity', 'critical')], true),
    route('shop', [{ name: 'service', op: '=~', value: 'check.*|cart' }]),
    route('everyone', []),
  ]);
  expect(await matching({ service: 'checkout', severity: 'warning' })).toEqual({ receivers: ['shop'], routes: [1] });
  expect(await matching({ service: 'checkout', severity: 'critical' })).toEqual({
    receivers: ['platform', 'shop'],
    routes: [0, 1],
  });
  expect(await matching({ service: 'xcart' })).toEqual({ receivers: ['everyone'], routes: [2] });
});

it('says what is wrong with a route, and keeps those that there were', async () => {
  const before = await setRoutes([route('everyone', [])]);
  await expect(setRoutes([route('everyone', []), route('nobody', [])])).rejects.toMatchObject({
    status: 400,
    errors: [{ path: 'items[1].receiver', message: 'there is no receiver named nobody' }],
  });
  await expect(setRoutes([route('shop', [{ name: 'service', op: '=~', value: '(' }])])).rejects.toMatchObject({
    status: 400,
    code: 'invalid_input',
  });
  expect(await viewer.call(getRoutes, {})).toEqual(before);
});

it('refuses a change that was made on older routes', async () => {
  const first = await setRoutes([route('everyone', [])]);
  const second = await setRoutes([route('shop', [])], first.version);
  expect(second.version).toBe(first.version + 1);
  await expect(setRoutes([route('platform', [])], first.version)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('changed by admin of default'),
  });
  expect((await viewer.call(getRoutes, {})).items).toMatchObject([{ receiver: 'shop' }]);
});

it('decides who is told of an alert', async () => {
  await setRoutes([route('shop', [is('service', 'checkout')]), route('everyone', [])]);
  const event = (service: string) => ({ labels: { alertname: 'Slow', service } });
  await admin.call(intakeEvents, { events: [event('checkout'), event('catalog')] });
  const stats = await engine.store.read.jobs.stats('default', 'notify', engine.clock.now());
  expect(stats.queuedByQueue).toEqual({ shop: 1, everyone: 1 });
});
