import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createBackup, listBackups } from '../src/api/system.ts';
import { restore } from '../server/maintenance.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { sendAlerts } from './alertSender.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { fillHistory } from './fillHistory.ts';

const ROWS = 1_000_000;
/** Intake goes on for this long, with the backup inside of it. */
const SECONDS = 15;
const PER_S = 500;

async function backUp(engine: RealEngine): Promise<{ seconds: number; file: string }> {
  const started = performance.now();
  await engine.client.call(createBackup, {});
  for (;;) {
    const { items, folder, running, lastError } = await engine.client.call(listBackups, {});
    if (lastError !== null) {
      throw new Error(lastError);
    }
    if (!running) {
      return { seconds: (performance.now() - started) / 1000, file: path.join(folder, items[0]?.name ?? '') };
    }
    await pause(50);
  }
}

export const benchmark: Benchmark = {
  title: `backup of a store with ${ROWS} rows of history while ${PER_S} alerts a second come in, and its restore`,
  async measure(say) {
    const engine = await startEngine();
    try {
      await engine.stop();
      await fillHistory(engine.dataDir, ROWS);
      await engine.start();
      const calm = await sendAlerts(engine, { connections: 2, batch: 50, seconds: 5, rate: PER_S, distinct: 1000 });
      const sending = sendAlerts(engine, { connections: 2, batch: 50, seconds: SECONDS, rate: PER_S, distinct: 1000 });
      await pause(1000);
      const made = await backUp(engine);
      say(`backup: ${rounded(made.seconds, 2)} s`);
      const sent = await sending;
      await engine.stop();
      const started = performance.now();
      await restore({ PHAROS_DATA_DIR: engine.dataDir }, { file: made.file, force: true });
      return {
        history_rows: ROWS,
        backup_s: rounded(made.seconds, 2),
        backup_mb: rounded(statSync(made.file).size / 1e6, 0),
        restore_s: rounded((performance.now() - started) / 1000, 2),
        intake_without_p99_ms: rounded(quantile(calm.latencies, 0.99)),
        intake_meanwhile_p50_ms: rounded(quantile(sent.latencies, 0.5)),
        intake_meanwhile_p99_ms: rounded(quantile(sent.latencies, 0.99)),
        intake_meanwhile_longest_ms: rounded(Math.max(...sent.latencies)),
        intake_refused: Object.values(sent.refused).reduce((sum, count) => sum + count, 0),
      };
    } finally {
      await engine.dispose();
    }
  },
};
