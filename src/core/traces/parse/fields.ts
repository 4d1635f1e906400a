/** Reading JSON of unknown shape: what is absent or of another type reads as nothing. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const INTEGER = /^-?\d{1,30}$/;

/** A whole number that may be too large for a double: decimal text, or a JSON number. Undefined for anything else. */
export function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === 'string' && INTEGER.test(value)) {
    return BigInt(value);
  }
  return typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
}

/** How a value is named in a sentence: short, and on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
