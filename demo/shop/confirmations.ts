import { setTimeout as pause } from 'node:timers/promises';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { getLinks, inSpan, readTraceHeaders } from '../telemetry/tracing.ts';
import { confirmationsName } from './checkout.ts';
import type { Job, JobQueue } from './jobQueue.ts';
import { doOwnWork } from './serveRoutes.ts';
import type { ShopRuntime } from './shopRuntime.ts';

const everyMs = 3_000;
const largestBatch = 20;
/** A batch that fails is taken again when its lease is over. */
const leaseMs = 10_000;
const maxAttempts = 3;

/**
 * Mails confirmations of orders, those of some seconds in one batch.
 *
 * @returns a function that lets the running batch end and takes no more
 */
export function startConfirmations(runtime: ShopRuntime, queue: JobQueue): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const batch = takeBatch(queue);
      if (batch.length > 0) {
        await mail(runtime, queue, batch).catch((error: unknown) => {
          runtime.logger.error({ err: error, orders: batch.length }, 'confirmations could not be mailed');
        });
      }
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

function takeBatch(queue: JobQueue): readonly Job[] {
  const batch: Job[] = [];
  while (batch.length < largestBatch) {
    const job = queue.take(Date.now(), leaseMs);
    if (job === undefined) {
      break;
    }
    if (job.attempt > maxAttempts) {
      queue.finish(job.id);
    } else {
      batch.push(job);
    }
  }
  return batch;
}

/** A batch has many senders and so none as its parent: a trace of its own, with a link to each of them. */
function mail(runtime: ShopRuntime, queue: JobQueue, batch: readonly Job[]): Promise<void> {
  const options = {
    name: `process ${confirmationsName}`,
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'sqlite',
      'messaging.destination.name': confirmationsName,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.batch.message_count': batch.length,
    },
    parent: ROOT_CONTEXT,
    links: batch.flatMap(({ trace }) => getLinks(readTraceHeaders(trace))),
  };
  return inSpan(runtime.tracer, options, async () => {
    await doOwnWork(runtime, { name: 'send mails', medianMs: 25 });
    batch.forEach(({ id }) => queue.finish(id));
    runtime.logger.info({ orders: batch.length }, 'confirmations mailed');
  });
}
