import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from './config.ts';
import { createEngine } from './createEngine.ts';
import { keepGauges } from './keepGauges.ts';
import { createOtlpTracing } from './otlpTracing.ts';
import { freePort } from '../tests/stack/support/freePort.ts';

jest.mock('./keepGauges.ts', () => {
  const { keepGauges: actual } = jest.requireActual<{ keepGauges: typeof keepGauges }>('./keepGauges.ts');
  return { keepGauges: jest.fn(actual) };
});
jest.mock('./otlpTracing.ts', () => ({ createOtlpTracing: jest.fn() }));

let dataDir: string;
let port: number;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-start-'));
  port = await freePort();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (env: Record<string, string> = {}) =>
  createEngine(loadConfig({ PHAROS_DATA_DIR: dataDir, PHAROS_PORT: String(port), PHAROS_LOG_LEVEL: 'silent', ...env }));

it('leaves the data directory to the next where it failed before it listened', async () => {
  jest.mocked(createOtlpTracing).mockImplementationOnce(() => {
    throw new Error('no such collector');
  });
  await expect(start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).rejects.toThrow('no such collector');
  await (await start()).stop();
});

it('leaves the port and the data directory to the next where it failed after all parts had begun', async () => {
  jest.mocked(keepGauges).mockImplementationOnce(() => {
    throw new Error('no gauges');
  });
  await expect(start()).rejects.toThrow('no gauges');
  const engine = await start();
  expect((await fetch(`${engine.url}/health`)).status).toBe(200);
  await engine.stop();
});
