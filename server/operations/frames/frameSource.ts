import type { DataFrameJson, FrameQuery, FrameQueryType } from '../../../src/api/frames.ts';
import type { Role } from '../../../src/core/identity.ts';
import type { DurationMs, EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';

/** What is known of one query besides itself. */
export interface FrameCall {
  readonly deps: Deps;
  readonly namespace: string;
  readonly role: Role;
  readonly refId: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly step: DurationMs;
  readonly now: EpochMs;
  readonly fromAlert: boolean;
  readonly signal: AbortSignal;
}

export type QueryOf<T extends FrameQueryType> = Extract<FrameQuery, { queryType: T }>;

/** How one type of query is answered. @throws EngineError, whose message becomes that query's error */
export interface FrameSource<T extends FrameQueryType> {
  /** Grafana's alerting can judge numbers and series only. */
  readonly isTable: boolean;
  answer(call: FrameCall, query: QueryOf<T>): Promise<readonly DataFrameJson[]>;
}
