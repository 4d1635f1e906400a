import type { Logger } from 'pino';
import type { CompileRegex } from '../../src/core/matchers.ts';
import type { Clock } from '../clock.ts';
import type { Store, Transaction } from '../store/store.ts';
import { noTracing, type Tracing } from '../tracing.ts';
import { actOn } from './act.ts';
import { traceAfterCommit, traceAtOnce } from './alertTrace.ts';
import { createExpiry } from './expiry.ts';
import { createGroupCommit, type Parcel } from './groupCommit.ts';
import { ingestInto } from './ingest.ts';
import { createMatching } from './matching.ts';
import type { Pipeline } from './pipeline.ts';
import { refreshSuppression } from './suppression.ts';
import { dismissUndelivered, resendUndelivered } from './undelivered.ts';

export interface PipelineDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly compileRegex: CompileRegex;
  readonly log: Pick<Logger, 'error'>;
  readonly tracing?: Tracing;
  /** Absent means that no other engine works on the store. */
  readonly isLeader?: () => boolean;
}

export interface RunningPipeline extends Pipeline {
  /** Begins the sweep for what time changes: stale alerts, acknowledgements and silences. */
  startExpiry(): void;
  /** Ends the sweep and waits until all that was taken is committed; later observations are refused as `overloaded`. */
  stop(): Promise<void>;
}

export function createPipeline(deps: PipelineDeps): RunningPipeline {
  const { store, clock, compileRegex, log, isLeader, tracing = noTracing } = deps;
  const trace = traceAtOnce(tracing, clock.now);
  const matching = createMatching(compileRegex, log);

  const commit = async (parcels: readonly Parcel[]): Promise<ReadonlySet<Parcel>> => {
    const later = traceAfterCommit(tracing, clock.now);
    const taken = await store.write(async (tx: Transaction) => {
      later.clear();
      const now = clock.now();
      const fresh = await leaveOutSeen(tx, parcels);
      for (const [namespace, list] of Map.groupBy(fresh, (parcel) => parcel.namespace)) {
        const observations = list.flatMap((parcel) => parcel.observations);
        await ingestInto(tx, observations, { matching, namespace, now, trace: later });
      }
      return new Set(fresh);
    });
    later.tell();
    return taken;
  };

  const group = createGroupCommit(commit);
  const expiry = createExpiry({ store, clock, log, matching, trace, isLeader });

  return {
    ingest: (namespace, observations, request) => group.add({ namespace, observations, request }),
    act: (tx, request) => actOn(tx, request, { matching, trace }),
    refreshSuppression: (tx, namespace, ended) =>
      refreshSuppression(tx, { matching, trace, namespace, now: clock.now() }, ended),
    resend: resendUndelivered,
    dismiss: dismissUndelivered,
    waiting: () => group.waiting(),
    startExpiry: () => expiry.start(),
    async stop() {
      await expiry.stop();
      await group.stop();
    },
  };
}

/** Parcels whose request was not taken before. That it is now stands in the same transaction as what it says. */
async function leaveOutSeen(tx: Transaction, parcels: readonly Parcel[]): Promise<readonly Parcel[]> {
  const fresh: Parcel[] = [];
  for (const parcel of parcels) {
    const once = parcel.request?.once;
    if (once === undefined || (await tx.seenRequests.add(parcel.namespace, once))) {
      fresh.push(parcel);
    }
  }
  return fresh;
}
