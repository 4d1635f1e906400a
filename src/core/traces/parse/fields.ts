/** Reading JSON of unknown shape: what is absent or of another type reads as nothing. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const INTEGER = /^-?\d{1,30}$/;

/** Far beyond what 64 bits hold, and small enough that times of it can be told apart and subtracted as doubles. */
const MOST = 2 ** 80;

/**
 * A whole number that may be too large for a double to be exact: decimal text, or a JSON number. Undefined for anything else, and
 * beyond ±2^80.
 */
export function bigintOf(value: unknown): bigint | undefined {
  const isWhole = typeof value === 'string' && INTEGER.test(value);
  if (!isWhole && typeof value !== 'number') {
    return undefined;
  }
  // NaN is not within either.
  const isWithin = Math.abs(Number(value)) <= MOST;
  return isWithin ? BigInt(typeof value === 'number' ? Math.trunc(value) : value) : undefined;
}

/** As JSON numbers come: a fraction is kept to the nanosecond. */
export function nanosecondsOfMicros(value: unknown): bigint | undefined {
  const whole = bigintOf(value);
  const rest = typeof value === 'number' && Number.isFinite(value) ? Math.round((value % 1) * 1000) : 0;
  return whole === undefined ? undefined : whole * 1000n + BigInt(rest);
}

const MAX_QUOTED = 60;
/** Whoever reads the sentence wants to know what it is, not all that is in it: this is neither deep nor long to make. */
const SHOWN_DEPTH = 3;
const SHOWN_ENTRIES = 8;

/** How a value is named in a sentence: short, and on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(outline(value, 0)) ?? String(value);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

function outline(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return value.slice(0, MAX_QUOTED + 1);
  }
  if (typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth === SHOWN_DEPTH) {
    return '…';
  }
  return isList(value)
    ? value.slice(0, SHOWN_ENTRIES).map((item) => outline(item, depth + 1))
    : Object.fromEntries(
        Object.entries(value)
          .slice(0, SHOWN_ENTRIES)
          .map(([key, item]) => [key.slice(0, MAX_QUOTED), outline(item, depth + 1)])
      );
}
