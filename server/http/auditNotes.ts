import type { Logger } from 'pino';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { minutes } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { AuditEntry } from '../store/auditRepository.ts';
import type { Store } from '../store/store.ts';

/** What is worth a row of the audit, and may come in any number: refusals, and alerts that people send. */
export interface AuditNote {
  readonly namespace: string;
  readonly entry: Omit<AuditEntry, 'after'> & { readonly after: JsonObject };
  /** What tells it from others by the same actor on the same object, such as the code of a refusal. */
  readonly kind: string;
}

export interface AuditNotes {
  /**
   * Writes the row, or counts the note where one like it was written within the last minute: then a row with the count follows at the
   * end of that minute. Resolves when the row is written; never throws.
   */
  note(note: AuditNote): Promise<void>;
  /** `stop` waits for this too: a row that says how something ended. */
  waitFor(work: Promise<unknown>): void;
  /** Writes what is counted only. */
  stop(): Promise<void>;
}

const WINDOW = minutes(1);
/** Who has not said who they are. */
export const NOBODY = 'nobody';

/** So many different notes of one namespace are told apart at a time; of more it is no longer said whose they are. */
export const MAX_TOLD_APART = 200;

interface Window {
  /** Sum of the notes that no row tells of yet. */
  waiting: { readonly note: AuditNote; readonly count: number } | undefined;
}

/** The counts are in memory: what an engine that is killed had only counted is lost, but not the first of its kind. */
export function createAuditNotes(deps: { store: Store; clock: Clock; log: Logger }): AuditNotes {
  const { store, clock, log } = deps;
  /** By namespace, and whether it is known who it was: guesses at the door must not blur what is known. */
  const groups = new Map<string, Map<string, Window>>();
  const writing = new Set<Promise<unknown>>();

  const write = async ({ namespace, entry }: AuditNote): Promise<void> => {
    try {
      await store.write((tx) => tx.audit.append(namespace, entry));
    } catch (error) {
      const { action, outcome, requestId } = entry;
      log.error(
        { namespace, action, outcome, requestId, error: messageOf(error) },
        'an audit row could not be written'
      );
    }
  };

  const track = async (work: Promise<unknown>): Promise<void> => {
    writing.add(work);
    await work;
    writing.delete(work);
  };
  const writeTracked = (note: AuditNote): Promise<void> => track(write(note));

  const open = (windows: Map<string, Window>, key: string): void => {
    const window: Window = { waiting: undefined };
    windows.set(key, window);
    clock.after(WINDOW, () => {
      if (windows.get(key) !== window) {
        return;
      }
      windows.delete(key);
      if (window.waiting !== undefined) {
        // Those that follow within the next minute are counted again.
        open(windows, key);
        void writeTracked(counted(window.waiting));
      }
    });
  };

  return {
    async note(note) {
      const whose = JSON.stringify([note.namespace, note.entry.actor === NOBODY]);
      const windows = groups.get(whose) ?? new Map<string, Window>();
      groups.set(whose, windows);
      const own = keyOf(note);
      const known = windows.has(own) || windows.size < MAX_TOLD_APART ? note : withoutActor(note);
      const key = keyOf(known);
      const window = windows.get(key);
      if (window !== undefined) {
        window.waiting = add(window.waiting, known);
        return;
      }
      open(windows, key);
      await writeTracked(known);
    },
    waitFor: (work) => void track(work),
    async stop() {
      const waiting = [...groups.values()].flatMap((windows) =>
        [...windows.values()].flatMap(({ waiting }) => waiting ?? [])
      );
      // Their timers still come.
      groups.forEach((windows) => windows.clear());
      await Promise.all([...writing, ...waiting.map((one) => write(counted(one)))]);
    },
  };
}

const keyOf = ({ entry: { actor, action, object, outcome }, kind }: AuditNote): string =>
  JSON.stringify([actor, action, object, outcome, kind]);

const withoutActor = ({ namespace, entry }: AuditNote): AuditNote => ({
  ...{ namespace, kind: '' },
  entry: { ...entry, actor: 'several', actorName: 'several' },
});

const add = (sum: Window['waiting'], note: AuditNote): Window['waiting'] =>
  sum === undefined
    ? { note, count: 1 }
    : {
        note: { ...note, entry: { ...note.entry, after: together(sum.note.entry.after, note.entry.after) } },
        count: sum.count + 1,
      };

/** Numbers add up; of words the last ones count. */
const together = (before: JsonObject, after: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(after).map(([name, value]) => [name, sumOf(before[name], value)]));

const sumOf = (before: Json | undefined, after: Json): Json =>
  typeof before === 'number' && typeof after === 'number' ? before + after : after;

const counted = ({ note, count }: NonNullable<Window['waiting']>): AuditNote => ({
  ...note,
  entry: { ...note.entry, after: { ...note.entry.after, times: count } },
});
