import { randomUUID } from 'node:crypto';
import type { Random } from '../random.ts';
import type { Route } from './serveRoutes.ts';
import { ShopError } from './shopError.ts';

/** Shares of authorisations that a real processor declines (the customer's affair) or fails (its own). */
const ratios = { declined: 0.015, failed: 0.002 } as const;

/** The card processor: the one host that does not belong to the shop. */
export function createCardProcessorRoutes(random: Random): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/authorizations',
      work: { name: 'ask bank', medianMs: 45 },
      handle: async () => {
        const chance = random();
        if (chance < ratios.failed) {
          throw new ShopError(503, 'The bank could not be reached.');
        }
        return chance < ratios.failed + ratios.declined
          ? { status: 402, body: { declined: true } }
          : { status: 201, body: { id: randomUUID() } };
      },
    },
    {
      method: 'POST',
      path: '/v1/captures',
      work: { name: 'capture', medianMs: 40 },
      handle: async () => ({ status: 201, body: { id: randomUUID() } }),
    },
  ];
}
