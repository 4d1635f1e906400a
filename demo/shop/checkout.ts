import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { addQueueMetrics } from '../telemetry/metrics.ts';
import { getTraceHeaders, inSpan } from '../telemetry/tracing.ts';
import type { CallPeer } from './callPeer.ts';
import type { JobQueue } from './jobQueue.ts';
import type { Route } from './serveRoutes.ts';
import { ShopError } from './shopError.ts';
import type { ShopRuntime } from './shopRuntime.ts';

export const queueName = 'payments';
export const confirmationsName = 'confirmations';

export interface CheckoutQueues {
  readonly payments: JobQueue;
  readonly confirmations: JobQueue;
}

/** Turns a cart into an order: authorises the payment at once and leaves the capture and the mail about it to the worker. */
export function createCheckoutRoutes(runtime: ShopRuntime, callPeer: CallPeer, queues: CheckoutQueues): Route[] {
  addQueueMetrics(runtime.metrics.registry, {
    name: queueName,
    getDepth: () => queues.payments.getDepth(),
    getOldestAgeSeconds: () => queues.payments.getOldestAgeSeconds(Date.now()),
  });
  return [
    {
      method: 'POST',
      path: '/orders',
      work: { name: 'price order', medianMs: 8 },
      handle: async ({ body }) => {
        const path = `/carts/${encodeURIComponent(readCart(body))}`;
        const cart = await callPeer('cart', { method: 'GET', path, template: '/carts/:id' });
        const orderId = randomUUID();
        const authorisation = await callPeer('payments', {
          method: 'POST',
          path: '/authorizations',
          template: '/authorizations',
          body: { orderId, cart: cart.body },
        });
        if (authorisation.status !== 201) {
          throw new ShopError(402, 'The card was declined.');
        }
        await enqueue(runtime, { name: queueName, queue: queues.payments, orderId });
        await enqueue(runtime, { name: confirmationsName, queue: queues.confirmations, orderId });
        return { status: 201, body: { orderId } };
      },
    },
  ];
}

interface Message {
  readonly name: string;
  readonly queue: JobQueue;
  readonly orderId: string;
}

function enqueue(runtime: ShopRuntime, { name, queue, orderId }: Message): Promise<void> {
  const attributes = {
    'messaging.system': 'sqlite',
    'messaging.destination.name': name,
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.message.id': orderId,
  };
  return inSpan(runtime.tracer, { name: `send ${name}`, kind: SpanKind.PRODUCER, attributes }, async () => {
    queue.add(orderId, getTraceHeaders(), Date.now());
  });
}

function readCart(body: unknown): string {
  const cart: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'cart') : undefined;
  if (typeof cart !== 'string' || cart === '') {
    throw new ShopError(400, 'Expected a body such as {"cart": "c-1"}.');
  }
  return cart;
}
