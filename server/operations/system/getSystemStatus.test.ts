import { getSystemStatus } from '../../../src/api/system.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let leader: string | null;
let leads: boolean;

beforeEach(async () => {
  [leads, leader] = [false, 'web-2 (process 7)'];
  engine = await createTestEngine({ leadership: { isLeader: () => leads, leader: () => leader } });
});
afterEach(() => engine.dispose());

it('says which of several engines leads, by name to the admin of the engine only', async () => {
  const { admin, editor } = await testClients(engine);
  const other = testClient(engine, await engine.token('admin', 'org-2'));
  const seen = await Promise.all([admin, editor, other].map((client) => client.call(getSystemStatus, {})));
  expect(seen.map(({ leadership }) => leadership)).toEqual([
    { leads: false, leader: 'web-2 (process 7)' },
    { leads: false, leader: null },
    { leads: false, leader: null },
  ]);
  expect(seen.flatMap(({ problems }) => problems.filter((problem) => problem.includes('lead')))).toEqual([]);
  leads = true;
  expect((await editor.call(getSystemStatus, {})).leadership.leads).toBe(true);
});

it('is a problem for all where nobody is known to lead', async () => {
  const { viewer } = await testClients(engine);
  leader = null;
  const { status, problems } = await viewer.call(getSystemStatus, {});
  expect(status).toBe('degraded');
  expect(problems).toContain(
    'No engine is known to lead: thresholds are not evaluated until the database answers again'
  );
});
