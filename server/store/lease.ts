import type { DurationMs } from '../../src/core/units.ts';

export interface LeaseHolder {
  /** Tells one start of an engine from every other. */
  readonly id: string;
  /** What people call it. */
  readonly engine: string;
}

/** What only one of several engines may do. Over all namespaces, and by the clock of the database: engines need not agree on the time. */
export interface LeaseRepository {
  /** Takes the lease, or keeps it for as long again, unless somebody else still has it. @returns who has it now */
  take(name: string, holder: LeaseHolder, lasts: DurationMs): Promise<LeaseHolder>;
  /** Lets another have it at once; changes nothing where it is somebody else's. */
  release(name: string, holder: LeaseHolder): Promise<void>;
}
