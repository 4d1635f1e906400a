import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { getStartTicks, writeState } from '../stack/state.ts';
import { runCommand } from './commands.ts';

let dataDir: string;
let lines: string[];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-doctor-'));
  lines = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const doctor = (argv: string[], environment: Record<string, string> = {}): Promise<number> =>
  runCommand(['doctor', '--data', dataDir, ...argv], {
    ...{ out: (line: string) => lines.push(line), error: (line: string) => lines.push(line) },
    environment: { PHAROS_PORT: '0', ...environment },
  });

it('prints a line per finding with what to do, and fails on problems only', async () => {
  expect(await doctor([])).toBe(0);
  expect(lines[0]).toBe('configuration    ok       All settings are known and valid.');
  expect(lines.find((line) => line.startsWith('sources'))).toBe(
    'sources          warning  No Prometheus is configured: no service is found and nothing is measured.\n' +
      '                          → Set PHAROS_PROMETHEUS_URL, or add a source on the page Settings.'
  );
  expect(lines.at(-1)).toBe('\n0 problems, 1 warning.');
  lines = [];
  expect(await doctor([], { PHAROS_PROT: '1' })).toBe(1);
  expect(lines.at(-1)).toBe('\n1 problem, 0 warnings.');
});

it('gives the same as JSON', async () => {
  expect(await doctor(['--json'])).toBe(0);
  const { findings } = JSON.parse(lines.join('\n')) as { findings: unknown[] };
  expect(findings[0]).toEqual({
    check: 'configuration',
    level: 'ok',
    text: 'All settings are known and valid.',
    advice: '',
  });
});

it('looks where npm start has put the sources', async () => {
  await writeState(dataDir, {
    ...{ pid: process.pid, startTicks: getStartTicks(process.pid), startedAt: new Date().toISOString(), demo: null },
    ...{ addresses: { 'prometheus:9090': '127.0.0.1:1', 'engine:8686': '127.0.0.1:0' }, processes: [] },
  });
  expect(await doctor([])).toBe(1);
  expect(lines.join('\n')).toContain('Prometheus at http://127.0.0.1:1 cannot be reached');
});

it('asks the Grafana of npm start as its admin, whose password lies among the secrets', async () => {
  const seen: Array<string | undefined> = [];
  const grafana = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(request.url === '/api/org' ? 403 : 200, { date: new Date().toUTCString() }).end('{}');
  });
  await new Promise<void>((done) => grafana.listen(0, '127.0.0.1', done));
  const { port } = z.object({ port: z.number() }).parse(grafana.address());
  mkdirSync(path.join(dataDir, 'secrets'), { mode: 0o700 });
  writeFileSync(path.join(dataDir, 'secrets', 'grafana_admin_password'), 'p@ss\n', { mode: 0o600 });
  await writeState(dataDir, {
    ...{ pid: process.pid, startTicks: getStartTicks(process.pid), startedAt: new Date().toISOString(), demo: null },
    ...{ addresses: { 'grafana:3000': `127.0.0.1:${port}`, 'engine:8686': '127.0.0.1:0' }, processes: [] },
  });
  try {
    expect(await doctor([])).toBe(1);
  } finally {
    grafana.close();
    grafana.closeAllConnections();
  }
  expect(seen).toContain(`Basic ${Buffer.from('admin:p@ss').toString('base64')}`);
  expect(lines.join('\n')).toContain('Grafana refuses these credentials (403).');
  expect(lines.join('\n')).not.toContain('p@ss');
});

it('explains itself', async () => {
  expect(await doctor(['--help'])).toBe(0);
  expect(lines.join()).toContain('Usage: pharos doctor [--json]');
});
