import { sql, type RawBuilder } from 'kysely';

/** A word, or `name=value` where the value may stand in double quotes to hold spaces. */
const TERM = /[^\s="]+="[^"]*"|\S+/g;

/** Each condition must hold; none for a query without words. */
export const searchConditions = (q: string, kind: 'sqlite' | 'postgres'): ReadonlyArray<RawBuilder<boolean>> =>
  (q.match(TERM) ?? []).map((term) => {
    const equals = term.indexOf('=');
    return equals > 0 ? hasLabel(term.slice(0, equals), unquoted(term.slice(equals + 1)), kind) : containsWord(term);
  });

const unquoted = (value: string): string => /^"(.*)"$/.exec(value)?.[1] ?? value;

/**
 * Labels are stored as canonical JSON, in which `"name":"value"` cannot stand inside a string (its quotes would be escaped), so the
 * pair is found as text, on both databases alike and case-sensitively.
 */
export function hasLabel(name: string, value: string, kind: 'sqlite' | 'postgres'): RawBuilder<boolean> {
  const pair = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return kind === 'sqlite' ? sql<boolean>`instr(labels, ${pair}) > 0` : sql<boolean>`strpos(labels, ${pair}) > 0`;
}

const containsWord = (word: string): RawBuilder<boolean> =>
  sql<boolean>`search like ${`%${word.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;
