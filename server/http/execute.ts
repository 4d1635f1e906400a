import { z } from 'zod';
import { hasRole, type Identity } from '../../src/core/identity.ts';
import type { Json } from '../../src/core/json.ts';
import type { OperationContract } from '../../src/api/operation.ts';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import { auditEntry } from '../operations/auditEntry.ts';
import type { Call, Prepared, ServedOperation } from '../operations/operation.ts';
import type { AuditEntry } from '../store/auditRepository.ts';
import { invalidInput } from './problem.ts';
import { recordRefusal, refusalOf } from './recordRefusal.ts';

/** @throws EngineError `forbidden`, with who was asked for */
function authorise(contract: OperationContract, identity: Identity): void {
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
  const { contract } = served;
  let run: () => Promise<unknown>;
  try {
    authorise(contract, call.identity);
    const parsed = z.safeDecode(contract.input, request.wireInput() as z.input<typeof contract.input>);
    if (!parsed.success) {
      throw invalidInput(parsed.error);
    }
    if (served.kind !== 'action') {
      return z.encode(contract.output, await runInStore(deps, served, { call, input: parsed.data }));
    }
    const prepared = await served.prepare(deps, call, parsed.data);
    run = () => act(deps, contract, { call, prepared });
  } catch (error) {
    await recordRefusal(deps, served, { call, error });
    throw error;
  }
  return z.encode(contract.output, await run());
}

async function runInStore(
  deps: Deps,
  served: Exclude<ServedOperation, { kind: 'action' }>,
  { call, input }: { call: Call; input: unknown }
): Promise<unknown> {
  if (served.kind === 'query') {
    return served.run(deps, call, input);
  }
  const { output, afterCommit } = await deps.store.write(async (tx) => {
    const changed = await served.run(deps, { ...call, tx }, input);
    const entry = auditEntry(served.contract, { call, facts: changed.audit, outcome: 'done' });
    await tx.audit.append(call.identity.namespace, entry);
    return changed;
  });
  await followUp(deps, call, afterCommit);
  return output;
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

/** What cannot be taken back begins only when a row says so: an engine that dies meanwhile leaves that one without its second. */
async function act(
  deps: Deps,
  contract: OperationContract,
  { call, prepared }: { call: Call; prepared: Prepared<unknown> }
): Promise<unknown> {
  const append = (outcome: AuditEntry['outcome'], after: Json, now = deps.clock.now()): Promise<unknown> => {
    const facts = { object: prepared.object, before: null, after };
    const entry = auditEntry(contract, { call: { ...call, now }, facts, outcome });
    return deps.store.write((tx) => tx.audit.append(call.identity.namespace, entry));
  };
  const appendFailure = async (error: unknown): Promise<void> => {
    const { outcome, after } = refusalOf(error);
    await append(outcome, after);
  };
  const logFailure = (error: unknown): void =>
    deps.log.error(
      { requestId: call.requestId, error: messageOf(error) },
      'an audit row of how an action ended could not be written'
    );
  await append('begun', null, call.now);
  const { output, outcome } = await prepared.run().catch(async (error: unknown) => {
    await appendFailure(error).catch(logFailure);
    throw error;
  });
  // What was done was done, also where no row can say so.
  const written = Promise.resolve(outcome)
    .then((after) => append('done', after), appendFailure)
    .catch(logFailure);
  if (outcome instanceof Promise) {
    deps.auditNotes.waitFor(written);
  } else {
    await written;
  }
  return output;
}
