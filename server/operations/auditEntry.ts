import type { OperationContract } from '../../src/api/operation.ts';
import type { AuditEntry } from '../store/auditRepository.ts';
import type { AuditFacts, Call } from './operation.ts';

interface EntryFacts<F extends AuditFacts> {
  readonly call: Pick<Call, 'identity' | 'requestId' | 'now'>;
  readonly facts: F;
  readonly outcome: AuditEntry['outcome'];
}

/** The row that says who did what by an operation. */
export function auditEntry<F extends AuditFacts>(
  { name }: Pick<OperationContract, 'name'>,
  { call: { identity, requestId, now }, facts, outcome }: EntryFacts<F>
): Omit<AuditEntry, keyof F> & F {
  return {
    at: now,
    actor: identity.subject,
    actorName: identity.name,
    action: name,
    ...facts,
    outcome,
    requestId,
  };
}
