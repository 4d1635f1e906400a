import { epochMs, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import { fingerprint } from '../../src/core/labels.ts';
import type { Clock } from '../clock.ts';

export interface ScheduleCounts {
  /** Started more than half an interval after their time. */
  readonly late: number;
  /** Times that passed without a start: the run before was still going, or the process slept. */
  readonly missed: number;
}

/** Runs named things once per interval each, at a time within it that depends on the name alone. */
export interface Schedule {
  /** Starts what is new, stops what is gone; what stays keeps its time. */
  set(keys: Iterable<string>): void;
  /** Of all keys, or of those that are asked for; what is gone still counts. */
  counts(isWanted?: (key: string) => boolean): ScheduleCounts;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

interface Entry {
  readonly offset: number;
  cancel: () => void;
}

/** @param run must not throw */
export function createSchedule(
  { clock, interval }: { clock: Clock; interval: DurationMs },
  run: (key: string) => Promise<void>
): Schedule {
  const entries = new Map<string, Entry>();
  const running = new Map<string, Promise<void>>();
  const counts = new Map<string, ScheduleCounts>();
  const count = (key: string, more: Partial<ScheduleCounts>): void => {
    const { late, missed } = counts.get(key) ?? { late: 0, missed: 0 };
    counts.set(key, { late: late + (more.late ?? 0), missed: missed + (more.missed ?? 0) });
  };

  const nextAfter = (at: EpochMs, offset: number): EpochMs =>
    epochMs((Math.floor((at - offset) / interval) + 1) * interval + offset);

  const plan = (key: string, entry: Entry, due: EpochMs): void => {
    entry.cancel = clock.after(Math.max(0, due - clock.now()), () => onDue(key, entry, due));
  };

  const onDue = (key: string, entry: Entry, due: EpochMs): void => {
    const now = clock.now();
    // A timer may fire a moment before its time by the wall clock: the time it was for is over all the same.
    const next = nextAfter(epochMs(Math.max(now, due)), entry.offset);
    // Every whole interval between this time and the next one is a time that nobody kept.
    count(key, { missed: Math.max(0, Math.round((next - due) / interval) - 1) });
    plan(key, entry, next);
    if (running.has(key)) {
      count(key, { missed: 1 });
      return;
    }
    count(key, { late: now - due > interval / 2 ? 1 : 0 });
    running.set(
      key,
      run(key).finally(() => running.delete(key))
    );
  };

  return {
    set(keys) {
      const wanted = new Set(keys);
      for (const [key, entry] of entries) {
        if (!wanted.has(key)) {
          entry.cancel();
          entries.delete(key);
        }
      }
      for (const key of wanted) {
        if (!entries.has(key)) {
          const entry = { offset: offsetOf(key, interval), cancel: () => undefined };
          entries.set(key, entry);
          plan(key, entry, nextAfter(clock.now(), entry.offset));
        }
      }
    },
    counts(isWanted = () => true) {
      const wanted = [...counts].filter(([key]) => isWanted(key)).map(([, each]) => each);
      return {
        late: wanted.reduce((total, { late }) => total + late, 0),
        missed: wanted.reduce((total, { missed }) => total + missed, 0),
      };
    },
    async stop() {
      for (const { cancel } of entries.values()) {
        cancel();
      }
      entries.clear();
      await Promise.all(running.values());
    },
  };
}

/** Where in the interval a key has its time: the same after every restart, and evenly spread over many keys. */
const offsetOf = (key: string, interval: DurationMs): number =>
  Number.parseInt(fingerprint({ key }).slice(0, 8), 16) % interval;
