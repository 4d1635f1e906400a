import { hours, type EpochMs } from '../../src/core/units.ts';

/** Remembers the newest data of each service over calls that look back only a little. */
export interface NewestByService {
  add(service: string, at: EpochMs): void;
  /** Of services that had data in the last day, longest silent first. */
  read(now: EpochMs): ReadonlyMap<string, EpochMs>;
}

/** Services beyond this are forgotten, oldest data first: names may come from anybody who can write logs. */
const MAX_SERVICES = 10_000;
/** What was silent for longer is gone, not silent. */
const FORGET_AFTER = hours(24);

export function createNewestByService(onNewest: (at: EpochMs) => void): NewestByService {
  const newest = new Map<string, EpochMs>();
  return {
    add(service, at) {
      if (service !== '' && at > (newest.get(service) ?? 0)) {
        newest.delete(service);
        newest.set(service, at);
        onNewest(at);
      }
      const [oldest] = newest.keys();
      if (newest.size > MAX_SERVICES && oldest !== undefined) {
        newest.delete(oldest);
      }
    },
    read(now) {
      for (const [service, at] of newest) {
        if (at <= now - FORGET_AFTER) {
          newest.delete(service);
        }
      }
      return new Map(newest);
    },
  };
}
