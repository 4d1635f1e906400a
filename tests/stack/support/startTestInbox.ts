import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { provisionInbox } from '../../../cli/provision.ts';
import { startInbox } from '../../../demo/inbox.ts';
import { webhookPayloadSchema } from '../../../src/api/webhookPayload.ts';
import type { RealEngine } from './startEngine.ts';

const deliverySchema = z.object({
  seq: z.number(),
  id: z.string(),
  at: z.string().transform((text) => Date.parse(text)),
  verified: z.boolean(),
  flaw: z.string().nullable(),
  duplicateOf: z.number().nullable(),
  answered: z.union([z.number(), z.enum(['hang', 'half'])]),
  body: webhookPayloadSchema,
});
/** `at` in ms since the epoch. */
export type InboxDelivery = z.output<typeof deliverySchema>;

export interface TestInbox {
  /** What it has received, oldest first. */
  deliveries(): Promise<readonly InboxDelivery[]>;
  behave(behaviour: Readonly<Record<string, unknown>>): Promise<void>;
  /** Makes it the receiver of everything. */
  provision(engine: RealEngine): Promise<void>;
  close(): Promise<void>;
}

/** The demo's inbox in this process: it verifies signatures, so what it lists as verified was signed by the engine. */
export async function startTestInbox(): Promise<TestInbox> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-inbox-'));
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const inbox = await startInbox({ port: 0, smtpPort: 0, dataDir, secret });
  return {
    async deliveries() {
      const response = await fetch(`${inbox.url}/deliveries`);
      return z
        .object({ items: z.array(deliverySchema) })
        .parse(await response.json())
        .items.toReversed();
    },
    async behave(behaviour) {
      const response = await fetch(`${inbox.url}/behaviour`, { method: 'POST', body: JSON.stringify(behaviour) });
      if (!response.ok) {
        throw new Error(`The inbox does not behave so: ${await response.text()}`);
      }
    },
    provision: ({ url, adminToken }) =>
      provisionInbox({ url, token: adminToken }, { url: `${inbox.url}/webhook`, secret }),
    async close() {
      await inbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
