import type { EpochMs } from '../../src/core/units.ts';
import type { DeliveryResult } from '../receivers/receiver.ts';
import type { Claim } from '../store/jobRepository.ts';
import { childOf, type AlertSpan } from '../tracing.ts';
import { factsOf } from './alertTrace.ts';
import type { Batch, Entry } from './prepareBatch.ts';

/** The context of the span of each entry that is traced. One delivery may tell of many alerts, each with a trace of its own. */
export const beginTraces = (entries: readonly Entry[]): ReadonlyMap<Entry, string> =>
  new Map(
    entries.flatMap((entry) => {
      const { traceparent } = entry.payload.alert;
      return traceparent === undefined ? [] : [[entry, childOf(traceparent)] as const];
    })
  );

interface Attempt {
  readonly claim: Claim;
  readonly batch: Batch;
  readonly traces: ReadonlyMap<Entry, string>;
  readonly result: DeliveryResult;
}

/** One span an alert for one attempt at a delivery, also after a restart: its parent stands in the job. */
export const deliverySpans = (
  { claim, batch, traces, result }: Attempt,
  times: { readonly startAt: EpochMs; readonly endAt: EpochMs }
): readonly AlertSpan[] =>
  [...traces].map(([{ job, payload }, context]) => ({
    ...times,
    ...{ context, parent: payload.alert.traceparent ?? null, name: `notification.send ${claim.queue}`, kind: 'client' },
    attributes: {
      ...factsOf(payload.alert),
      ...{ 'pharos.receiver': claim.queue, 'pharos.receiver.kind': batch.receiver?.kind ?? '' },
      ...{ 'pharos.kind': payload.kind, 'pharos.attempt': job.attempts + 1, 'pharos.delivery.id': claim.batchId },
      'pharos.waited_ms': Math.max(0, times.startAt - payload.at),
    },
    error: result.ok ? null : result.message,
  }));
