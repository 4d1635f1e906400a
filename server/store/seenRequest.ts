import type { EpochMs } from '../../src/core/units.ts';

/** A request that must not be taken twice. */
export interface SeenRequest {
  /** SHA-256 of what tells it from every other. */
  readonly hash: string;
  /** After this it would be refused anyway. */
  readonly until: EpochMs;
}

export interface SeenRequestRepository {
  /** @returns false when it was there already; then it stays as it was */
  add(namespace: string, request: SeenRequest): Promise<boolean>;
  /** Deletes at most `limit` whose `until` is before the time; returns how many. */
  prune(before: EpochMs, limit: number): Promise<number>;
}
