import type { Logger } from 'pino';
import { addMs, seconds, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { ReceiverSender } from '../deps.ts';
import { NOTIFY } from '../notifyPayload.ts';
import type { DeliveryResult } from '../receivers/receiver.ts';
import type { Claim } from '../store/jobRepository.ts';
import type { Store } from '../store/store.ts';
import { noTracing, type Tracing } from '../tracing.ts';
import { beginTraces, deliverySpans } from './deliveryTrace.ts';
import { prepareBatch, toNotifiedAlert, type Batch } from './prepareBatch.ts';
import { recordDelivery } from './recordDelivery.ts';

export interface DeliveryDeps {
  readonly store: Store;
  readonly sender: ReceiverSender;
  readonly clock: Clock;
  /** Evenly distributed in [0, 1). */
  readonly random: () => number;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  /** Without a slash at the end; links in messages begin with it. */
  readonly publicUrl: string;
  readonly tracing?: Tracing;
}

/** The jobs of one receiver in one namespace. */
export interface ReceiverQueue {
  readonly namespace: string;
  readonly queue: string;
}

interface Work {
  readonly queue: ReceiverQueue;
  /** Called when a message goes out, for the storm bound. */
  readonly onSend: () => void;
  readonly signal: AbortSignal;
}

/** Longer than any delivery may take; what is not settled by then is somebody else's to repeat. */
const LEASE = seconds(60);
/** A storm of ten thousand alerts is told within three minutes at the pace of the storm bound. */
const MAX_BATCH = 500;

/** One delivery, from claim to record. Throws when the store fails: then the lease runs out and the same id is sent again. */
export async function deliverOnce(deps: DeliveryDeps, { queue, onSend, signal }: Work): Promise<void> {
  const { store, clock, random, log } = deps;
  const claim = await store.write((tx) => {
    const now = clock.now();
    return tx.jobs.claim({ ...queue, kind: NOTIFY, now, leaseUntil: addMs(now, LEASE), max: MAX_BATCH });
  });
  if (claim === undefined) {
    return;
  }
  const batch = await prepareBatch(store.read, claim, clock.now());
  const result = await send(deps, { claim, batch, onSend, signal });
  if (result === 'lost') {
    log.warn({ receiver: queue.queue }, 'the lease of a delivery was lost before it was sent; another worker has it');
    return;
  }
  const outcome = { claim, batch, result, now: clock.now() };
  const recorded = await store.write((tx) => recordDelivery(tx, outcome, random));
  if (!recorded) {
    log.warn({ receiver: queue.queue }, 'the lease of a delivery was lost while it was sent; it may be repeated');
  }
}

async function send(
  { store, sender, clock, publicUrl, tracing = noTracing }: DeliveryDeps,
  { claim, batch, onSend, signal }: Omit<Work, 'queue'> & { claim: Claim; batch: Batch }
): Promise<DeliveryResult | undefined | 'lost'> {
  const { receiver, entries } = batch;
  if (receiver === undefined || entries.length === 0) {
    return undefined;
  }
  // A process that was paused beyond its lease must not send what another one sends.
  if (!(await isStillOurs(store, claim, clock.now()))) {
    return 'lost';
  }
  onSend();
  const notification = {
    id: claim.batchId,
    receiver: receiver.name,
    namespace: claim.namespace,
    alerts: entries.map((entry) => toNotifiedAlert(entry, publicUrl)),
    test: false,
  };
  const traces = beginTraces(entries);
  const startAt = clock.now();
  const [first] = traces.values();
  const traced = first === undefined ? notification : { ...notification, traceparent: first };
  const result = await sender.send(receiver, traced, signal);
  tracing.record(deliverySpans({ claim, batch, traces, result }, { startAt, endAt: clock.now() }));
  return result;
}

async function isStillOurs({ read }: Store, claim: Claim, now: EpochMs): Promise<boolean> {
  const [first] = claim.jobs;
  const jobs = first === undefined ? [] : await read.jobs.listBySubject(claim.namespace, NOTIFY, [first.subject]);
  const present = jobs.find(({ id }) => id === first?.id);
  return present?.state === 'running' && present.fence === claim.fence && (present.leaseUntil ?? 0) > now;
}
