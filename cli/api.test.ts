import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONTRACTS } from '../src/api/contracts.ts';
import { createLoginLink } from '../src/api/access.ts';
import { acknowledgeAlert, listAlerts } from '../src/api/alerts.ts';
import { createThreshold } from '../src/api/thresholds.ts';
import { findEngine, parseArguments, run } from './api.ts';
import { run as runLoginLink } from './loginLink.ts';

interface Seen {
  readonly line: string;
  readonly token: string;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: unknown;
}

let server: http.Server;
let url: string;
let dataDir: string;
let seen: Seen[];
let answer: Answer;

beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: {} };
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-cli-'));
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      seen.push({ line: `${request.method} ${request.url}`, token, body: text === '' ? undefined : JSON.parse(text) });
      response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs a command; what it wrote, and its exit code. */
async function call(command: typeof run, argv: readonly string[], environment: Record<string, string> = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await command(argv, {
    ...{ out: (line) => out.push(line), error: (line) => errors.push(line) },
    environment: { PHAROS_URL: url, PHAROS_TOKEN: 'a-token', PHAROS_DATA_DIR: dataDir, ...environment },
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}
const api = (...argv: string[]) => call(run, argv);

const counts = { total: 0, bySeverity: { info: 0, warning: 0, error: 0, critical: 0 } };
const noAlerts = {
  items: [],
  next: null,
  counts: { ...counts, unacknowledged: 0, oldestUnacknowledgedAt: null },
  deliveries: [],
};

describe('pharos api', () => {
  it('says what it is for, which operations there are, and what one of them takes', async () => {
    expect(await api('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: pharos api <operation>'),
    });
    expect((await api()).code).toBe(2);
    const list = await api('--list');
    expect(list.out.split('\n')).toHaveLength(CONTRACTS.length);
    expect(list.out).toMatch(/^acknowledgeAlert +Take an alert/m);
    expect((await api('acknowledgeAlert', '--help')).out.split('\n')).toEqual([
      ...[`acknowledgeAlert: ${acknowledgeAlert.summary}`, 'POST /api/v1/alerts/{id}/acknowledge, role editor'],
      ...['  --id  (required)', '  --comment', '  --until'],
    ]);
    expect(seen).toEqual([]);
  });

  it('calls an operation as the one whose token it has, and prints the answer', async () => {
    answer = { status: 200, body: noAlerts };
    const { code, out } = await api('listAlerts', '--severity', 'critical,error', '--limit', '10');
    expect([code, JSON.parse(out)]).toEqual([0, noAlerts]);
    expect(seen).toEqual([
      { line: 'GET /api/v1/alerts?severity=critical%2Cerror&limit=10', token: 'a-token', body: undefined },
    ]);
  });

  it('sends a body with numbers as numbers, and escapes what goes into the path', async () => {
    answer = {
      status: 404,
      body: { type: 'about:blank', title: 'Not found', status: 404, code: 'not_found', detail: 'No.' },
    };
    await api('acknowledgeAlert', '--id', 'a/b', '--comment', '42 is the answer');
    await api(
      'createThreshold',
      '--json',
      '{"service":"checkout","signal":"up"}',
      '--critical',
      '0.5',
      '--enabled',
      'true'
    );
    expect(seen.map(({ line, body }) => [line, body])).toEqual([
      ['POST /api/v1/alerts/a%2Fb/acknowledge', { comment: '42 is the answer' }],
      ['POST /api/v1/thresholds', { service: 'checkout', signal: 'up', critical: 0.5, enabled: true, reason: '' }],
    ]);
  });

  it('prints CSV as it is', async () => {
    answer = { status: 200, type: 'text/csv', body: 'at,service\r\n' };
    expect((await api('exportHistory')).out).toBe('at,service\r\n');
  });

  it('shows the engine’s own sentence when it refuses', async () => {
    const detail = 'acknowledgeAlert needs the role editor; ci is viewer.';
    answer = { status: 403, body: { type: 'about:blank', title: 'x', status: 403, code: 'forbidden', detail } };
    expect(await api('acknowledgeAlert', '--id', 'a')).toEqual({ code: 1, out: '', errors: detail });
  });

  it('says when nobody answers', async () => {
    const { code, errors } = await call(run, ['getMe'], { PHAROS_URL: 'http://127.0.0.1:1' });
    expect([code, errors]).toEqual([
      ...[1, 'The engine does not answer: http://127.0.0.1:1 cannot be reached. PHAROS_URL says where the engine is.'],
    ]);
  });

  it.each([
    [['listAlert'], 'There is no operation "listAlert". Did you mean "listAlerts"?'],
    [['zzzzzzzzzzzz'], 'There is no operation "zzzzzzzzzzzz". See pharos api --list.'],
    [['listAlerts', '--severty', 'x'], 'listAlerts has no --severty. Did you mean --severity?'],
    [['getAlert', '--zzzzzzzz', 'x'], 'getAlert has no --zzzzzzzz. It takes: id.'],
    [['listAlerts', 'critical'], 'Expected --name value, found "critical". See pharos api listAlerts --help.'],
    [['listAlerts', '--limit'], 'Expected --name value, found "--limit". See pharos api listAlerts --help.'],
    [['createThreshold', '--json', '[broken'], '--json is not a JSON object.'],
  ])('%j is refused before anything is sent', async (argv, sentence) => {
    expect(await api(...argv)).toEqual({ code: 2, out: '', errors: sentence });
    expect(seen).toEqual([]);
  });

  it('names the fields that are wrong before anything is sent', async () => {
    const { code, errors } = await api('listAlerts', '--severity', 'loud', '--limit', 'ten');
    expect([code, errors.split('\n')]).toEqual([
      ...[2, expect.arrayContaining([expect.stringMatching(/^severity/), 'limit: expected an integer'])],
    ]);
    expect(seen).toEqual([]);
  });
});

describe('arguments', () => {
  it('of a query stay text, those of a body become what they look like', () => {
    expect(parseArguments(listAlerts, ['--limit', '5', '--acknowledged', 'true'])).toEqual({
      ...{ limit: '5', acknowledged: 'true' },
    });
    expect(parseArguments(createThreshold, ['--warning', '-0.5', '--critical', 'null', '--service', '1a'])).toEqual({
      ...{ warning: -0.5, critical: null, service: '1a' },
    });
  });
});

describe('the engine', () => {
  const at = (environment: Record<string, string> = {}) =>
    findEngine({ environment: { PHAROS_DATA_DIR: dataDir, ...environment } });
  const keep = (name: string, text: string): string => {
    const file = path.join(dataDir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  it('is found by the environment, else by what a start left behind, else where it usually is', async () => {
    keep('secrets/admin_token', 'kept-token\n');
    expect(await at()).toEqual({ url: 'http://127.0.0.1:8686', token: 'kept-token' });
    expect(await at({ PHAROS_PORT: '8700', PHAROS_LISTEN: '10.1.2.3' })).toMatchObject({ url: 'http://10.1.2.3:8700' });
    const state = { pid: 1, startTicks: '1', startedAt: '', demo: null, processes: [] };
    keep('stack.json', JSON.stringify({ ...state, addresses: { 'engine:8686': '127.0.0.1:9797' } }));
    expect(await at()).toEqual({ url: 'http://127.0.0.1:9797', token: 'kept-token' });
    expect(await at({ PHAROS_URL: 'https://pharos.example', PHAROS_TOKEN: 'mine' })).toEqual({
      ...{ url: 'https://pharos.example', token: 'mine' },
    });
  });

  it('is called with the admin token that it was given itself, by value, by file, or by its file of settings', async () => {
    keep('secrets/admin_token', 'kept-token');
    const [given, filed, configured] = ['g'.repeat(32), 'f'.repeat(32), 'c'.repeat(32)];
    expect(await at({ PHAROS_ADMIN_TOKEN: given })).toMatchObject({ token: given });
    expect(await at({ PHAROS_ADMIN_TOKEN_FILE: keep('mounted', `${filed}\n`) })).toMatchObject({ token: filed });
    const config = keep('pharos.yaml', `dataDir: ${dataDir}\nport: 8800\nadminToken: ${configured}\n`);
    expect(await findEngine({ environment: { PHAROS_CONFIG: config } })).toEqual({
      ...{ url: 'http://127.0.0.1:8800', token: configured },
    });
    expect(await at({ PHAROS_ADMIN_TOKEN: given, PHAROS_TOKEN: 'mine' })).toMatchObject({ token: 'mine' });
  });

  it('is not called without a token, and where one was looked for is said', async () => {
    await expect(at()).rejects.toThrow(`There is no admin token in ${dataDir}/secrets/admin_token. Set PHAROS_TOKEN`);
    await expect(at({ PHAROS_ADMIN_TOKEN: 'short' })).rejects.toThrow('expected at least 32 characters');
    expect(await call(runLoginLink, [], { PHAROS_TOKEN: '' })).toMatchObject({
      ...{ code: 1, errors: expect.stringContaining('docker compose exec engine node cli/main.ts login-link') },
    });
  });
});

describe('pharos login-link', () => {
  it('prints a link for the person and role', async () => {
    answer = { status: 201, body: { url: 'http://127.0.0.1:8686/login#t', expiresAt: '2026-11-21T14:10:00Z' } };
    expect(await call(runLoginLink, ['--role', 'viewer', '--name', 'Ada'])).toMatchObject({
      ...{ code: 0, out: 'http://127.0.0.1:8686/login#t' },
    });
    expect(seen).toEqual([
      { line: `POST ${createLoginLink.path}`, token: 'a-token', body: { name: 'Ada', role: 'viewer' } },
    ]);
  });

  it('refuses a role that there is not, and says what the engine says', async () => {
    await expect(call(runLoginLink, ['--role', 'root'])).rejects.toThrow(
      '--role is "root": expected viewer, editor, admin.'
    );
    answer = { status: 500, body: 'broken' };
    expect(await call(runLoginLink, [])).toMatchObject({ code: 1, errors: expect.stringContaining('status 500') });
    expect((await call(runLoginLink, ['--help'])).out).toContain('The link signs in once, within ten minutes.');
  });
});
