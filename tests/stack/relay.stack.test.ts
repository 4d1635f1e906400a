import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../stack/paths.ts';
import { runProgram } from '../../stack/runProgram.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';

/** The first time, the relay and its test are compiled. */
const BUILT_WITHIN_MS = 15 * 60_000;

const hasGo = (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'go')));

let engine: RealEngine;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.dispose());

// Where there is no Go, the run counts this as skipped and says so.
const withGo = hasGo ? describe : describe.skip;

withGo('the relay of the data source', () => {
  it(
    'is believed by the engine, as whom Grafana says',
    async () => {
      const { version } = z
        .object({ version: z.string() })
        .parse(JSON.parse(readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')));
      const { code, output } = await runProgram(
        'go',
        ['test', '-count=1', '-tags=engine', '-run=^TestTheRealEngine$', '-v', './pkg'],
        {
          cwd: repositoryRoot,
          timeoutMs: BUILT_WITHIN_MS,
          environment: {
            PHAROS_TEST_ENGINE_URL: engine.url,
            PHAROS_TEST_RELAY_SECRET: readFileSync(path.join(engine.dataDir, 'secrets', 'relay_secret'), 'utf8').trim(),
            PHAROS_TEST_VERSION: version,
          },
        }
      );
      expect(output).toContain('--- PASS: TestTheRealEngine');
      expect(code).toBe(0);
    },
    BUILT_WITHIN_MS
  );
});
