import type { TraceNotice } from '../trace.ts';
import { quoted } from './fields.ts';

interface LossWords {
  readonly one: string;
  readonly many: (count: number) => string;
  readonly expected: string;
}

/** What a trace may lose while the span it belongs to is kept, and what is there instead. */
const LOSSES = {
  list: {
    one: 'One list was left out',
    many: (count) => `${count} lists were left out`,
    expected: 'a list',
  },
  object: {
    one: 'One part was left out',
    many: (count) => `${count} parts were left out`,
    expected: 'an object',
  },
  text: {
    one: 'One text was left out',
    many: (count) => `${count} texts were left out`,
    expected: 'text',
  },
  attribute: {
    one: 'One attribute was left out',
    many: (count) => `${count} attributes were left out`,
    expected: 'an object with a key',
  },
  repeatedKey: {
    one: 'One value within an attribute was left out',
    many: (count) => `${count} values within attributes were left out`,
    expected: 'each key once',
  },
  value: {
    one: 'One value of an attribute is not of the type it says and was kept as it is',
    many: (count) => `${count} values of attributes are not of the type they say and were kept as they are`,
    expected: 'a value as the format writes it',
  },
  depth: {
    one: 'One value of an attribute was cut and kept as text',
    many: (count) => `${count} values of attributes were cut and kept as text`,
    expected: 'at most 16 levels',
  },
  event: {
    one: 'One event was left out',
    many: (count) => `${count} events were left out`,
    expected: 'an object',
  },
  link: {
    one: 'One link was left out',
    many: (count) => `${count} links were left out`,
    expected: 'an object with an id of a span',
  },
  reference: {
    one: 'The type of one reference is unknown; it counts as one to a parent',
    many: (count) => `The types of ${count} references are unknown; they count as those to a parent`,
    expected: 'CHILD_OF or FOLLOWS_FROM',
  },
  eventTime: {
    one: 'One event has no time and is shown at the start of its span',
    many: (count) => `${count} events have no time and are shown at the start of their spans`,
    expected: 'a time',
  },
  start: {
    one: 'One span has no start; its duration counts as 0, at its end',
    many: (count) => `${count} spans have no start; their durations count as 0, at their ends`,
    expected: 'a start beside its end',
  },
  times: {
    one: 'One span has no times and is shown at the beginning of the trace',
    many: (count) => `${count} spans have no times and are shown at the beginning of the trace`,
    expected: 'a start and an end',
  },
  badStart: {
    one: 'One start was left out, for that of an event of the span',
    many: (count) => `${count} starts were left out, for those of events of the spans`,
    expected: 'whole microseconds',
  },
  count: {
    one: 'One number was left out',
    many: (count) => `${count} numbers were left out`,
    expected: 'a whole number',
  },
  kind: {
    one: 'The kind of one span is unknown and was left out',
    many: (count) => `The kinds of ${count} spans are unknown and were left out`,
    expected: 'a kind of the format',
  },
  status: {
    one: 'The status of one span is unknown and was left out',
    many: (count) => `The statuses of ${count} spans are unknown and were left out`,
    expected: 'a status of the format',
  },
  process: {
    one: 'One span is of a process that is not there, and of no known service',
    many: (count) => `${count} spans are of processes that are not there, and of no known service`,
    expected: 'one of the processes of the trace',
  },
} as const satisfies Readonly<Record<string, LossWords>>;

export type LossKind = keyof typeof LOSSES;

/** Counts by kind what was lost, with the first example of each. */
export interface Losses {
  add(kind: LossKind, where: string, got: unknown): void;
  /** One for each kind, in the order in which they came first. */
  notices(): readonly TraceNotice[];
}

export function createLosses(): Losses {
  const found = new Map<LossKind, { count: number; readonly first: string }>();
  return {
    add(kind, where, got) {
      const known = found.get(kind);
      if (known === undefined) {
        const shown = got === undefined ? 'nothing' : quoted(got);
        found.set(kind, { count: 1, first: `${where}: expected ${LOSSES[kind].expected}, got ${shown}` });
      } else {
        known.count += 1;
      }
    },
    notices: () =>
      [...found].map(([kind, { count, first }]) => ({
        code: 'unusable',
        message: count === 1 ? `${LOSSES[kind].one}: ${first}.` : `${LOSSES[kind].many(count)}, the first at ${first}.`,
        count,
        spanIds: [],
      })),
  };
}
