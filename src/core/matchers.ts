import { labelValue, type Labels } from './labels.ts';
import { ownValue } from './ownValue.ts';

export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const;
export type MatchOperator = (typeof MATCH_OPERATORS)[number];

/** A label matcher with Alertmanager's meaning: regular expressions are RE2 and anchored; a missing label is the empty string. */
export interface Matcher {
  readonly name: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** Compiles an anchored RE2 expression to a predicate; throws on a bad one. A port: the engine gives a linear-time one. */
export type CompileRegex = (pattern: string) => (text: string) => boolean;

export type LabelPredicate = (labels: Labels) => boolean;

/** All matchers must hold. No matchers match everything. */
export function compileMatchers(matchers: readonly Matcher[], compileRegex: CompileRegex): LabelPredicate {
  const predicates = matchers.map((matcher) => compileMatcher(matcher, compileRegex));
  return (labels) => predicates.every((predicate) => predicate(labels));
}

function compileMatcher({ name, op, value }: Matcher, compileRegex: CompileRegex): LabelPredicate {
  switch (op) {
    case '=':
      return (labels) => labelValue(labels, name) === value;
    case '!=':
      return (labels) => labelValue(labels, name) !== value;
    case '=~': {
      const test = compileRegex(value);
      return (labels) => test(labelValue(labels, name));
    }
    case '!~': {
      const test = compileRegex(value);
      return (labels) => !test(labelValue(labels, name));
    }
  }
}

/** `name="value"`, with the value quoted as in PromQL and Alertmanager. */
export function formatMatcher({ name, op, value }: Matcher): string {
  return `${name}${op}${JSON.stringify(value)}`;
}

/** Of trimmed text. No two repetitions in a row take the same character, or they would try every way to share a long run of it. */
const MATCHER_TEXT = /^(?:"((?:[^"\\]|\\.)+)"|([^\s"=!~{},]+))\s*(=~|!~|!=|=)(?:\s*"((?:[^"\\]|\\.)*)"|([^"]*))$/;

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

/** Another backslash stays, as in Alertmanager: `=~"\d+"` is a pattern. */
const unescape = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (whole, code: string | undefined, character = '') =>
    code === undefined ? (ownValue(UNESCAPED, character) ?? whole) : String.fromCharCode(parseInt(code, 16))
  );

/** Parses `name="value"`, `name=~value` and the like, quoted or not, as Alertmanager's API and amtool send them. */
export function parseMatcher(text: string): Matcher | undefined {
  const match = MATCHER_TEXT.exec(text.trim());
  const op = MATCH_OPERATORS.find((candidate) => candidate === match?.[3]);
  if (match === null || op === undefined) {
    return undefined;
  }
  const name = match[1] === undefined ? (match[2] ?? '') : unescape(match[1]);
  const value = match[4] === undefined ? (match[5] ?? '').trim() : unescape(match[4]);
  return { name, op, value };
}
