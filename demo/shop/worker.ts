import { setTimeout as pause } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { addQueueMetrics, createJobMetrics, type JobMetrics } from '../telemetry/metrics.ts';
import { getLinks, inSpan, readTraceHeaders, recordFailure } from '../telemetry/tracing.ts';
import type { CallPeer } from './callPeer.ts';
import { queueName } from './checkout.ts';
import type { Job, JobQueue } from './jobQueue.ts';
import { doOwnWork } from './serveRoutes.ts';
import type { ShopRuntime } from './shopRuntime.ts';

const concurrency = 2;
const idlePollMs = 150;
const leaseMs = 30_000;
const maxAttempts = 3;
const retryAfterMs = 2_000;

/**
 * Takes captures from the queue and has payments make them, two at a time. A job that fails is tried three times.
 *
 * @returns a function that lets the running jobs end and takes no more
 */
export function startWorker(runtime: ShopRuntime, callPeer: CallPeer, queue: JobQueue): () => Promise<void> {
  addQueueMetrics(runtime.metrics.registry, {
    name: queueName,
    getDepth: () => queue.getDepth(),
    getOldestAgeSeconds: () => queue.getOldestAgeSeconds(Date.now()),
  });
  const metrics = createJobMetrics(runtime.metrics.registry);
  // A failure ratio needs its numerator from the first job on, not from the first failure.
  metrics.total.inc({ queue: queueName, status: 'succeeded' }, 0);
  metrics.total.inc({ queue: queueName, status: 'failed' }, 0);
  const stopping = new AbortController();
  const lanes = Array.from({ length: concurrency }, async () => {
    while (!stopping.signal.aborted) {
      const job = queue.take(Date.now(), leaseMs);
      if (job === undefined) {
        await pause(idlePollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      } else {
        await attempt({ runtime, callPeer, queue, metrics }, job);
      }
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(lanes);
  };
}

interface WorkerParts {
  readonly runtime: ShopRuntime;
  readonly callPeer: CallPeer;
  readonly queue: JobQueue;
  readonly metrics: JobMetrics;
}

/** One trace from the click to the capture: the span hangs under its producer and links to it as well. */
async function attempt(parts: WorkerParts, job: Job): Promise<void> {
  const parent = readTraceHeaders(job.trace);
  const options = {
    name: `process ${queueName}`,
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'sqlite',
      'messaging.destination.name': queueName,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.message.id': job.orderId,
    },
    parent,
    links: getLinks(parent),
  };
  const stop = parts.metrics.duration.startTimer({ queue: queueName });
  const end = (status: 'succeeded' | 'failed') => {
    stop({ status });
    parts.metrics.total.inc({ queue: queueName, status });
  };
  await inSpan(parts.runtime.tracer, options, async (span) => {
    try {
      await capture(parts, job);
      parts.queue.finish(job.id);
      end('succeeded');
      parts.runtime.logger.info({ order_id: job.orderId, attempt: job.attempt }, 'payment captured');
    } catch (error) {
      recordFailure(span, error);
      end('failed');
      putBack(parts, job, error);
    }
  });
}

function putBack({ queue, runtime }: WorkerParts, job: Job, error: unknown): void {
  const last = job.attempt >= maxAttempts;
  if (last) {
    queue.finish(job.id);
  } else {
    queue.retry(job.id, Date.now() + retryAfterMs * job.attempt);
  }
  const outcome = last ? 'given up' : 'to be tried again';
  runtime.logger.error({ err: error, order_id: job.orderId, attempt: job.attempt }, `capture failed, ${outcome}`);
}

async function capture({ runtime, callPeer }: WorkerParts, job: Job): Promise<void> {
  await doOwnWork(runtime, { name: 'load order', medianMs: 10 });
  const body = { orderId: job.orderId };
  const answer = await callPeer('payments', { method: 'POST', path: '/captures', template: '/captures', body });
  if (answer.status !== 201) {
    throw new Error(`payments answered ${answer.status} to the capture of ${job.orderId}`);
  }
}
