import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark } from './benchmark.ts';
import { describeMachine } from './machine.ts';

/** A benchmark is one file and one line here. */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ readonly benchmark: Benchmark }>>> = {
  intake: () => import('./intake.bench.ts'),
  acknowledge: () => import('./acknowledge.bench.ts'),
  evaluation: () => import('./evaluation.bench.ts'),
  breach: () => import('./breach.bench.ts'),
  frames: () => import('./frames.bench.ts'),
  idle: () => import('./idle.bench.ts'),
  backup: () => import('./backup.bench.ts'),
  prune: () => import('./prune.bench.ts'),
  start: () => import('./start.bench.ts'),
  pages: () => import('./pages.bench.ts'),
  dashboards: () => import('./dashboards.bench.ts'),
  hurting: () => import('./hurting.bench.ts'),
  traces: () => import('./traces.bench.ts'),
  'trace-analysis': () => import('./traceAnalysis.bench.ts'),
  waterfall: () => import('./waterfall.bench.ts'),
  map: () => import('./map.bench.ts'),
  'map-page': () => import('./mapPage.bench.ts'),
  load: () => import('./load.bench.ts'),
};

/** What one benchmark leaves to do must not count for the next. */
const REST_MS = 2000;

/** `pharos bench [name …]`: one line of JSON each on standard output; what goes on meanwhile on the other stream. */
export async function run(argv: readonly string[]): Promise<number> {
  const names = argv.length === 0 ? Object.keys(BENCHMARKS) : argv;
  const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
    return 2;
  }
  for (const [index, name] of names.entries()) {
    const load = BENCHMARKS[name];
    if (load !== undefined) {
      await pause(index === 0 ? 0 : REST_MS);
      await report(name, (await load()).benchmark);
    }
  }
  return 0;
}

async function report(name: string, { title, measure }: Benchmark): Promise<void> {
  console.error(`${name}: ${title}`);
  const machine = describeMachine();
  const at = new Date().toISOString();
  const figures = await measure((line) => console.error(`  ${line}`));
  console.log(JSON.stringify({ benchmark: name, at, figures, machine }));
}
