import type { InputOf, OperationContract, OutputOf } from '../../src/api/operation.ts';
import type { Identity } from '../../src/core/identity.ts';
import type { Json } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';
import type { Transaction } from '../store/store.ts';

/** What is known of one call. */
export interface Call {
  readonly identity: Identity;
  readonly requestId: string;
  readonly now: EpochMs;
  /** Fires when the caller has gone. */
  readonly signal: AbortSignal;
  /** As received, for signatures. */
  readonly rawBody: Uint8Array;
  header(name: string): string | undefined;
}

/** What the audit row of a change says: which object, and how it was before and after. Never a secret. */
export interface AuditFacts {
  readonly object: string;
  readonly before: Json;
  readonly after: Json;
}

export interface Changed<O> {
  readonly output: O;
  readonly audit: AuditFacts;
  /** What must follow once it is durable, such as telling the evaluator; a failure there is logged and undoes nothing. */
  readonly afterCommit?: () => Promise<void> | void;
}

/**
 * An operation as the engine serves it. The kind decides who keeps the promises of a change:
 * - `query` changes nothing that a person owns, and writes no audit row
 * - `change` runs inside one transaction, which also holds its audit row: both or neither
 * - `action` reaches outside (a test send) and must not hold the store meanwhile; one audit row says that it begins, one how it ended
 */
export type ServedOperation =
  | {
      readonly kind: 'query';
      readonly contract: OperationContract;
      run(deps: Deps, call: Call, input: unknown): Promise<unknown>;
    }
  | {
      readonly kind: 'change';
      readonly contract: OperationContract;
      run(deps: Deps, change: ChangeCall, input: unknown): Promise<Changed<unknown>>;
    }
  | {
      readonly kind: 'action';
      readonly contract: OperationContract;
      prepare(deps: Deps, call: Call, input: unknown): Promise<Prepared<unknown>>;
    };

/** An action that may begin: everything that speaks against it was looked at, and nothing was done yet. */
export interface Prepared<O> {
  /** For the audit, such as `receiver on-call`. */
  readonly object: string;
  run(): Promise<Acted<O>>;
}

export interface Acted<O> {
  readonly output: O;
  /** What became of it, for the audit; a promise where the answer does not wait for the end. Never a secret. */
  readonly outcome: Json | Promise<Json>;
}

export interface ChangeCall extends Call {
  readonly tx: Transaction;
}

// The executor hands over what the contract's own schema has parsed: these casts are the one place that says so.

export const query = <C extends OperationContract>(
  contract: C,
  run: (deps: Deps, call: Call, input: InputOf<C>) => Promise<OutputOf<C>>
): ServedOperation => ({ kind: 'query', contract, run: (deps, call, input) => run(deps, call, input as InputOf<C>) });

export const change = <C extends OperationContract>(
  contract: C,
  run: (deps: Deps, call: ChangeCall, input: InputOf<C>) => Promise<Changed<OutputOf<C>>>
): ServedOperation => ({ kind: 'change', contract, run: (deps, call, input) => run(deps, call, input as InputOf<C>) });

export const action = <C extends OperationContract>(
  contract: C,
  prepare: (deps: Deps, call: Call, input: InputOf<C>) => Promise<Prepared<OutputOf<C>>>
): ServedOperation => ({
  ...{ kind: 'action', contract },
  prepare: (deps, call, input) => prepare(deps, call, input as InputOf<C>),
});
