import { expect } from '@playwright/test';
import { z } from 'zod';
import { theStack } from './stack.ts';

export const engineUrl = (): string => theStack().engine;

/** One call of the running engine as admin; the wire form of the answer. */
export async function api(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(new URL(path, engineUrl()), {
    method,
    headers: {
      authorization: `Bearer ${theStack().adminToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** Puts a fault on the demo shop, or heals it (`DELETE`). */
export async function fault(body?: { fault: string; service: string; value?: string }): Promise<void> {
  const response = await fetch(new URL('/faults', theStack().control), {
    method: body === undefined ? 'DELETE' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
}

const deliverySchema = z.object({
  id: z.string(),
  verified: z.boolean(),
  duplicateOf: z.number().nullable(),
  body: z.looseObject({
    test: z.boolean().optional(),
    status: z.string(),
    alerts: z.array(z.looseObject({ id: z.string(), kind: z.string(), severity: z.string(), service: z.string() })),
  }),
});
export type Delivery = z.output<typeof deliverySchema>;

/** What the demo's inbox has taken, oldest first. */
export async function deliveries(): Promise<readonly Delivery[]> {
  const response = await fetch(new URL('/deliveries', theStack().inbox));
  const { items } = z.object({ items: z.array(deliverySchema) }).parse(await response.json());
  return items.toReversed();
}

/** Polls until the function answers something, or fails after the time. */
export async function eventually<T>(what: string, within: number, look: () => Promise<T | undefined>): Promise<T> {
  let found: T | undefined;
  await expect
    .poll(
      async () => {
        found = await look();
        return found !== undefined;
      },
      { message: what, timeout: within, intervals: [500] }
    )
    .toBe(true);
  if (found === undefined) {
    throw new Error(what);
  }
  return found;
}

/** The part of the alert list that the tests look at. */
export const alertListSchema = z.object({
  items: z.array(
    z.looseObject({ id: z.string(), ruleId: z.string(), acknowledged: z.looseObject({ by: z.string() }).nullable() })
  ),
});
