import type { EpochMs } from '../../src/core/units.ts';

/** Remembers the newest data of each service over calls that look back only a little. */
export interface NewestByService {
  add(service: string, at: EpochMs): void;
  read(): Readonly<Record<string, EpochMs>>;
}

/** Services beyond this are forgotten, oldest data first: names may come from anybody who can write logs. */
const MAX_SERVICES = 10_000;

export function createNewestByService(onNewest: (at: EpochMs) => void): NewestByService {
  const newest = new Map<string, EpochMs>();
  return {
    add(service, at) {
      if (at > (newest.get(service) ?? 0)) {
        newest.delete(service);
        newest.set(service, at);
        onNewest(at);
      }
      const [oldest] = newest.keys();
      if (newest.size > MAX_SERVICES && oldest !== undefined) {
        newest.delete(oldest);
      }
    },
    read: () => Object.fromEntries(newest),
  };
}
