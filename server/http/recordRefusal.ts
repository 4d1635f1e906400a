import type { JsonObject } from '../../src/core/json.ts';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import { auditEntry } from '../operations/auditEntry.ts';
import type { Call, ServedOperation } from '../operations/operation.ts';

/** Whether what an identity does by an operation belongs into the audit: every change, and alerts that come by more than an intake token. */
const isAudited = ({ kind, contract }: ServedOperation, { identity }: Pick<Call, 'identity'>): boolean =>
  kind !== 'query' || (contract.access === 'intake' && !identity.intakeOnly);

/** What an error tells the audit. The input is not kept: it may hold a secret, and nothing of it took effect. */
export function refusalOf(error: unknown): { outcome: 'refused' | 'failed'; after: JsonObject & { code: string } } {
  return error instanceof EngineError
    ? { outcome: 'refused', after: { code: error.code, reason: error.message.slice(0, 500) } }
    : { outcome: 'failed', after: { code: 'internal', reason: 'internal error' } };
}

/** Writes what was refused of a change, and why; the same again within a minute is counted. Never throws. */
export async function recordRefusal(
  deps: Deps,
  served: ServedOperation,
  { call, error }: { call: Pick<Call, 'identity' | 'requestId' | 'now'>; error: unknown }
): Promise<void> {
  if (!isAudited(served, call)) {
    return;
  }
  const { outcome, after } = refusalOf(error);
  const facts = { object: served.contract.path, before: null, after };
  await deps.auditNotes.note({
    namespace: call.identity.namespace,
    entry: auditEntry(served.contract, { call, facts, outcome }),
    kind: after.code,
  });
}
