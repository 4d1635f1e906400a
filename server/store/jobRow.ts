import type { Json } from '../../src/core/json.ts';
import { fromJson } from './codecs.ts';
import type { Job, NewJob } from './jobRepository.ts';
import type { JobTable } from './schema.ts';

export type JobRow = Omit<JobTable, 'seq'> & { seq: number };

export const toNewJobRow = (job: NewJob): Omit<JobTable, 'seq'> => ({
  namespace: job.namespace,
  kind: job.kind,
  queue: job.queue,
  payload: JSON.stringify(job.payload),
  run_at: job.runAt,
  first_run_at: job.runAt,
  idempotency_key: job.idempotencyKey,
  subject: job.subject,
  state: 'queued',
  attempts: 0,
  batch_id: null,
  lease_until: null,
  fence: 0,
  last_error: null,
  created_at: job.now,
  finished_at: null,
});

export const fromJobRow = (row: JobRow): Job => ({
  id: String(row.seq),
  namespace: row.namespace,
  kind: row.kind,
  queue: row.queue,
  payload: fromJson<Json>(row.payload),
  runAt: row.run_at,
  idempotencyKey: row.idempotency_key,
  subject: row.subject,
  state: row.state,
  attempts: row.attempts,
  batchId: row.batch_id,
  leaseUntil: row.lease_until,
  fence: row.fence,
  lastError: row.last_error,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});
