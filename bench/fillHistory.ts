import type { Transition } from '../src/core/alerts/transition.ts';
import { epochMs } from '../src/core/units.ts';
import { openStore } from '../server/store/openStore.ts';

const ROWS_PER_COMMIT = 5000;

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

/** Writes rows of history, one a second into the past, to the store of a data directory in which no engine runs. */
export async function fillHistory(dataDir: string, rows: number): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir });
  for (let first = 0; first < rows; first += ROWS_PER_COMMIT) {
    const some = Array.from({ length: Math.min(ROWS_PER_COMMIT, rows - first) }, (_, index) => rowOf(first + index));
    await store.write((tx) => tx.history.append('default', some));
  }
  await store.close();
}
