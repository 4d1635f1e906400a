import { listAlerts, listTeams } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { createThreshold } from '../../../src/api/thresholds.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, viewer } = await testClients(engine));
  const event = (alertname: string, labels: Record<string, string>) => ({
    labels: { alertname, service: 'checkout', ...labels },
    severity: 'error',
  });
  await admin.call(intakeEvents, {
    events: [
      event('A', { team: 'shop' }),
      event('B', { owner: 'shop' }),
      event('C', { owner: 'Payments, EU' }),
      event('D', {}),
    ],
  });
});
afterEach(() => engine.dispose());

it('filters by team or owner, a comma in the name or not; pages and counts agree', async () => {
  const names = async (team: string[]) => {
    const { items, counts } = await viewer.call(listAlerts, { team });
    expect(counts.total).toBe(items.length);
    return items.map(({ labels }) => labels['alertname']);
  };
  expect((await names(['shop'])).toSorted()).toEqual(['A', 'B']);
  expect(await names(['Payments, EU'])).toEqual(['C']);
  expect(await names(['nobody'])).toEqual([]);
  const first = await viewer.call(listAlerts, { team: ['shop'], limit: 1 });
  expect([first.items.length, first.counts.total]).toEqual([1, 2]);
  const second = await viewer.call(listAlerts, { team: ['shop'], limit: 1, cursor: first.next ?? '' });
  expect([second.items.length, second.next]).toEqual([1, null]);
  expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
});

it('names the teams of open alerts and of thresholds, each once', async () => {
  const threshold = { service: 'checkout', signal: 'up', critical: 0.5, reason: '' } as const;
  await admin.call(createThreshold, { ...threshold, owner: 'shop' });
  await admin.call(createThreshold, { ...threshold, service: 'cart', owner: 'ada', labels: { team: 'Web' } });
  expect((await viewer.call(listTeams, {})).items).toEqual([
    { name: 'Payments, EU', openAlerts: 1 },
    { name: 'shop', openAlerts: 2 },
    { name: 'Web', openAlerts: 0 },
  ]);
});
