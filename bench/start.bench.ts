import { startEngine } from '../tests/stack/support/startEngine.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { fillHistory } from './fillHistory.ts';

const ROWS = 100_000;
const STARTS = 7;

export const benchmark: Benchmark = {
  title: `from the start of the process to 200 on /ready, with ${ROWS} rows of history, ${STARTS} starts after a kill`,
  async measure(say) {
    const engine = await startEngine();
    try {
      await engine.stop();
      await fillHistory(engine.dataDir, ROWS);
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
