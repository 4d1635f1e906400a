import type { Labels } from './labels.ts';

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
      return (labels) => (labels[name] ?? '') === value;
    case '!=':
      return (labels) => (labels[name] ?? '') !== value;
    case '=~': {
      const test = compileRegex(value);
      return (labels) => test(labels[name] ?? '');
    }
    case '!~': {
      const test = compileRegex(value);
      return (labels) => !test(labels[name] ?? '');
    }
  }
}

/** `name="value"`, with the value quoted as in PromQL and Alertmanager. */
export function formatMatcher({ name, op, value }: Matcher): string {
  return `${name}${op}${JSON.stringify(value)}`;
}
