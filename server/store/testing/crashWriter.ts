import { writeSync } from 'node:fs';
import { fingerprint } from '../../../src/core/labels.ts';
import { openStore } from '../openStore.ts';
import { sampleAlert, sampleAudit, sampleJob, sampleTransition } from './samples.ts';

/* Run as a program of its own: writes alert after alert in small transactions and prints a number once its rows are acknowledged. */

const STDOUT = 1;
const [dataDir = '', first = '0'] = process.argv.slice(2);
const store = await openStore({ databaseUrl: null, dataDir });

for (let n = Number(first); ; n++) {
  await store.write(async (tx) => {
    const alert = sampleAlert({ id: `alert ${n}`, fingerprint: fingerprint({ n: String(n) }) });
    await tx.alerts.save([alert]);
    await tx.history.append('default', [sampleTransition({ alertId: alert.id })]);
    await tx.jobs.enqueue([sampleJob({ idempotencyKey: alert.id, subject: alert.id })]);
    await tx.audit.append('default', sampleAudit({ object: alert.id }));
    await tx.changes.append('default', [{ topic: 'alerts', id: alert.id }]);
  });
  // Synchronous, so that what is printed is what was acknowledged, also when the next instruction is the last.
  writeSync(STDOUT, `${n}\n`);
}
