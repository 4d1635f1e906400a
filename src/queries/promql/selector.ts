import type { Matcher } from '../../core/matchers.ts';

/** Half of a surrogate pair cannot be written as UTF-8. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

const ESCAPED = /["\\\u0000-\u001f\u007f]/g;

/**
 * Writes any text as a PromQL string in double quotes. PromQL unescapes as Go does, so control characters become `\u00XX` and the
 * text cannot end the string early.
 */
export function quote(text: string): string {
  const escaped = text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(ESCAPED, (character) =>
      character === '"' || character === '\\'
        ? `\\${character}`
        : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    );
  return `"${escaped}"`;
}

/** `metric{name="value",…}`; metric and label names come from our own tables, values from anywhere. */
export function selector(metric: string, matchers: readonly Matcher[]): string {
  return matchers.length === 0
    ? metric
    : `${metric}{${matchers.map(({ name, op, value }) => `${name}${op}${quote(value)}`).join(',')}}`;
}
