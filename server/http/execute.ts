import { z } from 'zod';
import { hasRole, type Identity } from '../../src/core/identity.ts';
import type { Json } from '../../src/core/json.ts';
import type { OperationContract } from '../../src/api/operation.ts';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import type { AuditFacts, Call, ServedOperation } from '../operations/operation.ts';
import type { AuditEntry } from '../store/auditRepository.ts';
import { invalidInput } from './problem.ts';

/** @throws EngineError `forbidden`, with who was asked for */
export function authorise(contract: OperationContract, identity: Identity): void {
  if (contract.access === 'intake') {
    if (!identity.intakeOnly && !hasRole(identity, 'editor')) {
      throw new EngineError(
        'forbidden',
        `${contract.name} needs an intake token, or the role editor; ${identity.name} is ${identity.role}.`
      );
    }
    return;
  }
  if (identity.intakeOnly) {
    throw new EngineError(
      'forbidden',
      `An intake token may send alerts and nothing else; ${contract.name} needs the role ${contract.access}.`
    );
  }
  if (!hasRole(identity, contract.access)) {
    throw new EngineError(
      'forbidden',
      `${contract.name} needs the role ${contract.access}; ${identity.name} is ${identity.role}.`
    );
  }
}

/**
 * Runs one operation: authorises, parses, runs, writes the audit row, encodes the answer. A refused change leaves an audit row too.
 * @returns the wire form of the output
 */
export async function execute(
  deps: Deps,
  served: ServedOperation,
  request: { call: Call; wireInput: () => unknown }
): Promise<unknown> {
  const { call } = request;
  try {
    authorise(served.contract, call.identity);
    const parsed = z.safeDecode(served.contract.input, request.wireInput() as z.input<typeof served.contract.input>);
    if (!parsed.success) {
      throw invalidInput(parsed.error);
    }
    const output = await run(deps, served, { call, input: parsed.data });
    return z.encode(served.contract.output, output);
  } catch (error) {
    if (served.kind !== 'query') {
      await recordRefusal(deps, served, { call, error });
    }
    throw error;
  }
}

async function run(
  deps: Deps,
  served: ServedOperation,
  { call, input }: { call: Call; input: unknown }
): Promise<unknown> {
  switch (served.kind) {
    case 'query':
      return served.run(deps, call, input);
    case 'change': {
      const { output, afterCommit } = await deps.store.write(async (tx) => {
        const changed = await served.run(deps, { ...call, tx }, input);
        await tx.audit.append(call.identity.namespace, entry(served, { call, facts: changed.audit, outcome: 'done' }));
        return changed;
      });
      await followUp(deps, call, afterCommit);
      return output;
    }
    case 'action': {
      const { output, audit } = await served.run(deps, call, input);
      await deps.store.write((tx) =>
        tx.audit.append(call.identity.namespace, entry(served, { call, facts: audit, outcome: 'done' }))
      );
      return output;
    }
  }
}

async function followUp(deps: Deps, call: Call, afterCommit: (() => Promise<void> | void) | undefined): Promise<void> {
  try {
    await afterCommit?.();
  } catch (error) {
    deps.log.error(
      { requestId: call.requestId, error: messageOf(error) },
      'the change is stored, but what follows it failed'
    );
  }
}

interface EntryFacts {
  readonly call: Call;
  readonly facts: AuditFacts;
  readonly outcome: AuditEntry['outcome'];
}

function entry(served: ServedOperation, { call, facts, outcome }: EntryFacts): AuditEntry {
  return {
    at: call.now,
    actor: call.identity.subject,
    actorName: call.identity.name,
    action: served.contract.name,
    ...facts,
    outcome,
    requestId: call.requestId,
  };
}

/** What was refused, and why. The input is not kept: it may hold a secret, and nothing of it took effect. */
async function recordRefusal(
  deps: Deps,
  served: ServedOperation,
  { call, error }: { call: Call; error: unknown }
): Promise<void> {
  const known = error instanceof EngineError;
  const after: Json = {
    code: known ? error.code : 'internal',
    reason: known ? error.message.slice(0, 500) : 'internal error',
  };
  try {
    await deps.store.write((tx) =>
      tx.audit.append(
        call.identity.namespace,
        entry(served, {
          call,
          facts: { object: served.contract.path, before: null, after },
          outcome: known ? 'refused' : 'failed',
        })
      )
    );
  } catch (failure) {
    deps.log.error(
      { requestId: call.requestId, error: messageOf(failure) },
      'an audit row for a refused change could not be written'
    );
  }
}
