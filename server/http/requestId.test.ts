import { captureLog, type CapturedLog } from '../testing/captureLog.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';

let engine: TestEngine;
let captured: CapturedLog;
beforeEach(async () => {
  captured = captureLog('debug');
  engine = await createTestEngine(captured);
});
afterEach(() => engine.dispose());

const of = (id: string | null) => captured.lines.filter(({ requestId }) => requestId === id).map(({ msg }) => msg);

it('is in the answer and in the access log, without the query', async () => {
  const answer = await engine.request('GET', '/api/v1/alerts?q=secret', { token: await engine.token('read') });
  const id = answer.headers.get('x-request-id');
  expect(id).toMatch(/^[\w-]{16}$/);
  expect(of(id)).toEqual(['request']);
  expect(captured.lines.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/alerts', status: 200, level: 20 });
  expect(JSON.stringify(captured.lines)).not.toContain('secret');
  const second = await engine.request('GET', '/health');
  expect(second.headers.get('x-request-id')).not.toBe(id);
});

it.each([
  ['asked-by-grafana-1', true],
  ['short', false],
  ['x'.repeat(65), false],
  ['with spaces in it', false],
])('is the name that who asks has given it, when that is one: %s', async (given, isTaken) => {
  const answer = await engine.request('GET', '/health', { headers: { 'x-request-id': given } });
  const id = answer.headers.get('x-request-id');
  expect(id === given).toBe(isTaken);
  expect(of(id)).toEqual(['request']);
});

it('is in a problem, its header and the log of what broke', async () => {
  const token = await engine.token('read');
  jest.spyOn(engine.deps.store.read.alerts, 'list').mockRejectedValue(new Error('the disk is gone'));
  const answer = await engine.request('GET', '/api/v1/alerts', { token });
  const { requestId } = (await answer.json()) as { requestId: string };
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-request-id')).toBe(requestId);
  expect(of(requestId)).toEqual(['request failed', 'request']);
});

it('is in the audit row of a change that was refused', async () => {
  const answer = await engine.request('POST', '/api/v1/tokens', { token: await engine.token('read'), body: {} });
  const { requestId } = (await answer.json()) as { requestId: string };
  const { items } = await engine.store.read.audit.list('default', {}, { limit: 1 });
  expect(items).toMatchObject([{ requestId, outcome: 'refused' }]);
});
