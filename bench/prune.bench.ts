import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../server/clock.ts';
import { createRetention } from '../server/pipeline/retention.ts';
import { openStore } from '../server/store/openStore.ts';
import { minutes } from '../src/core/units.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { fillHistory } from './fillHistory.ts';

const ROWS = 1_000_000;
const WRITE_EVERY_MS = 20;

export const benchmark: Benchmark = {
  title: `how long a write waits, one each ${WRITE_EVERY_MS} ms, while ${ROWS} rows of history are removed`,
  async measure(say) {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-prune-'));
    await fillHistory(dataDir, ROWS);
    const store = await openStore({ databaseUrl: null, dataDir });
    const size = async () => Number((await store.sizeBytes()) ?? 0);
    const before = await size();
    // The first look is due ten minutes after the start: here it comes at once, everything else in its time.
    const clock = {
      ...systemClock,
      after: (ms: number, callback: () => void) => systemClock.after(ms >= minutes(10) ? 0 : ms, callback),
    };
    const retention = createRetention({ store, clock, log: console, retention: minutes(1) });
    const waits: number[] = [];
    try {
      const started = performance.now();
      retention.start();
      while ((await store.read.history.list('default', { to: systemClock.now() }, { limit: 100 })).items.length > 80) {
        // From when it would have come in, as a request does: a step that holds the thread counts.
        const due = performance.now() + WRITE_EVERY_MS;
        await pause(WRITE_EVERY_MS);
        await store.write((tx) => tx.tokens.touch('nobody', systemClock.now()));
        waits.push(performance.now() - due);
      }
      const seconds = (performance.now() - started) / 1000;
      say(`${waits.length} writes`);
      return {
        history_rows: ROWS,
        removed_in_s: rounded(seconds, 0),
        wait_p50_ms: rounded(quantile(waits, 0.5)),
        wait_p99_ms: rounded(quantile(waits, 0.99)),
        wait_longest_ms: rounded(Math.max(...waits)),
        size_grew_mb: rounded(((await size()) - before) / 1e6),
      };
    } finally {
      await retention.stop();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
