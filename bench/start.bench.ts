import type { Transition } from '../src/core/alerts/transition.ts';
import { epochMs } from '../src/core/units.ts';
import { openStore } from '../server/store/openStore.ts';
import { startEngine } from '../tests/stack/support/startEngine.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';

const ROWS = 100_000;
const ROWS_PER_COMMIT = 5000;
const STARTS = 7;

const rowOf = (n: number): Transition & { service: string; ruleId: string; summary: string } => ({
  ...{ alertId: `alert-${n >> 2}`, at: epochMs(Date.now() - n * 1000), severity: 'warning', actor: 'engine', value: n },
  ...{ kind: n % 4 === 3 ? 'resolved' : 'fired', from: 'pending', to: 'firing', detail: { receiver: 'demo-inbox' } },
  ...{
    reason: 'p95 latency 1.21 s was above 800 ms for 10 s',
    service: `service-${n % 50}`,
    ruleId: `rule-${n % 200}`,
  },
  summary: `service-${n % 50}: p95 latency above 800 ms`,
});

async function fill(dataDir: string): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir });
  for (let first = 0; first < ROWS; first += ROWS_PER_COMMIT) {
    const rows = Array.from({ length: ROWS_PER_COMMIT }, (_, index) => rowOf(first + index));
    await store.write((tx) => tx.history.append('default', rows));
  }
  await store.close();
}

export const benchmark: Benchmark = {
  title: `from the start of the process to 200 on /ready, with ${ROWS} rows of history, ${STARTS} starts after a kill`,
  async measure(say) {
    const engine = await startEngine();
    try {
      await engine.stop();
      await fill(engine.dataDir);
      const taken: number[] = [];
      for (let i = 0; i < STARTS; i += 1) {
        taken.push(await engine.start());
        await engine.kill();
        say(`${Math.round(taken.at(-1) ?? 0)} ms`);
      }
      return {
        history_rows: ROWS,
        ready_p50_ms: rounded(quantile(taken, 0.5), 0),
        ready_longest_ms: rounded(Math.max(...taken), 0),
      };
    } finally {
      await engine.dispose();
    }
  },
};
