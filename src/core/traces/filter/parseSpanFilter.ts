import { parseNanoseconds } from './parseNanoseconds.ts';

export const FILTER_OPERATORS = ['!=', '>=', '<=', '=', '>', '<', ':'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** One condition. Without a field it is a text that may stand anywhere in the span. */
export interface FilterTerm {
  /** Fields of the span itself, else the key of an attribute; null for text. */
  readonly field: string | null;
  /** `:` means contains, whatever the case. */
  readonly op: FilterOperator;
  readonly value: string;
  /** Spans for which the condition does not hold. */
  readonly negated: boolean;
}

export interface SpanFilter {
  /** All of them must hold. */
  readonly terms: readonly FilterTerm[];
  /** What could not be read, as sentences; such a term is left out. */
  readonly problems: readonly string[];
}

/** Fields that every span has. */
export const SPAN_FIELDS = ['service', 'name', 'kind', 'status', 'duration', 'id', 'event', 'error'] as const;
export type SpanField = (typeof SPAN_FIELDS)[number];

export const isSpanField = (field: string): field is SpanField => SPAN_FIELDS.some((known) => known === field);

const WORD = /-?(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/g;
/** A text, not a condition on `http`. */
const ADDRESS = /^[\w+.-]+:\/\//;
const CONDITION = /^([\w@$./-][\w@$./[\]-]*?)(!=|>=|<=|[=><:])(.*)$/s;

/**
 * Reads what a person types: `service:checkout http.status_code>=500 duration>100ms -kind:client "card declined"`. Conditions are
 * parted by spaces and all must hold; `-` before one turns it round; quotes keep spaces together.
 */
export function parseSpanFilter(text: string): SpanFilter {
  const terms: FilterTerm[] = [];
  const problems: string[] = [];
  for (const word of text.match(WORD) ?? []) {
    const term = readTerm(word);
    const problem = problemOf(term);
    if (problem !== undefined) {
      problems.push(problem);
    } else if (term.value !== '' || term.field !== null) {
      terms.push(term);
    }
  }
  return { terms, problems };
}

/** What reads the same with and without quotes: a text has no operator in it, nor a `-` before it. */
const PLAIN_TEXT = /^[\p{L}\p{N}_./][\p{L}\p{N}_./-]*$/u;
const PLAIN_VALUE = /^(?!\/\/)[^\s"\\]+$/;

/** One condition as it is typed, with quotes where they are needed. */
export function writeTerm({ field, op, value, negated }: FilterTerm): string {
  const isPlain = (field === null ? PLAIN_TEXT : PLAIN_VALUE).test(value);
  const quoted = isPlain ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return `${negated ? '-' : ''}${field === null ? '' : field + op}${quoted}`;
}

function readTerm(word: string): FilterTerm {
  const negated = word.length > 1 && word.startsWith('-');
  const rest = negated ? word.slice(1) : word;
  const parts = rest.startsWith('"') || ADDRESS.test(rest) ? null : CONDITION.exec(rest);
  if (parts === null) {
    return { field: null, op: ':', value: unquoted(rest), negated };
  }
  const [, field = '', op = ':', value = ''] = parts;
  return { field, op: FILTER_OPERATORS.find((known) => known === op) ?? ':', value: unquoted(value), negated };
}

const unquoted = (text: string): string =>
  text.replaceAll(/"((?:[^"\\]|\\.)*)"?/g, (_, inner: string) => inner.replaceAll(/\\(.)/g, '$1'));

function problemOf({ field, op, value }: FilterTerm): string | undefined {
  if (field === 'duration' && parseNanoseconds(value) === undefined) {
    return `duration${op}${value}: expected a duration such as 100ms, 1.5s or 20us.`;
  }
  const ordered = op === '>' || op === '>=' || op === '<' || op === '<=';
  if (ordered && field !== 'duration' && !isNumeric(value)) {
    return `${field ?? ''}${op}${value}: expected a number.`;
  }
  return undefined;
}

export const isNumeric = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
