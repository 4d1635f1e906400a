import { fork } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import type { Benchmark, Figures } from './benchmark.ts';

const said = z.union([
  z.object({ line: z.string() }),
  z.object({ figures: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])) }),
]);

export const benchmark: Benchmark = {
  title:
    'reading traces of 100,000 spans (target 1000 ms, 150 MB held), their critical paths (200 ms), and 1,000,000 spans (10 s)',
  measure: (say) =>
    new Promise<Figures>((resolve, reject) => {
      // A process of its own: this one is started with the flags of an engine, which keep its memory small and make all this slow.
      const child = fork(path.join(import.meta.dirname, 'measureTraces.ts'), {
        execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
        env: { ...process.env, MALLOC_ARENA_MAX: undefined, MALLOC_TRIM_THRESHOLD_: undefined },
      });
      child.on('message', (message) => {
        const one = said.parse(message);
        if ('line' in one) {
          say(one.line);
        } else {
          resolve(one.figures);
        }
      });
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`measuring ended early, with code ${code}`)));
    }),
};
