import type { TraceFilter } from '../../api/traces.ts';

export type AttributeCondition = TraceFilter['attributes'][number];

const CONDITION = /^(span\.|resource\.|\.)?(?:"((?:\\.|[^"\\])+)"|([^=!<>~\s"]+))\s*(=~|!~|!=|>=|<=|=|>|<)\s*(.*)$/s;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;
const OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;

/** `http.response.status_code>=500`, `resource.service.version="2"`, `"a name"=x` as a condition; undefined where it is none. */
export function readCondition(text: string): AttributeCondition | undefined {
  const [, prefix = '.', quoted, plain = '', op, rest = ''] = CONDITION.exec(text.trim()) ?? [];
  const known = OPERATORS.find((one) => one === op);
  if (known === undefined || rest === '') {
    return undefined;
  }
  const scope = prefix === 'span.' ? 'span' : prefix === 'resource.' ? 'resource' : 'any';
  return { scope, key: quoted?.replaceAll(/\\(.)/gs, '$1') ?? plain, op: known, value: readValue(rest) };
}

/** Numbers and flags are what they look like; in quotes anything is a text. */
function readValue(text: string): string | number | boolean {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) {
    return quoted;
  }
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  return NUMBER.test(text) ? Number(text) : text;
}

/** What `readCondition` reads back. */
export function writeCondition({ scope, key, op, value }: AttributeCondition): string {
  return `${writeName(scope, key)}${op}${isPlain(value) ? String(value) : `"${value}"`}`;
}

/** A name as it stands before the comparison. */
export const writeName = (scope: AttributeCondition['scope'], key: string): string =>
  `${prefixOf(scope, key)}${writeKey(key)}`;

/** Without a scope, a dot in front says that the name only looks as if it had one. */
const prefixOf = (scope: AttributeCondition['scope'], key: string): string =>
  scope === 'any' ? (/^(?:span|resource)?\./.test(key) ? '.' : '') : `${scope}.`;

const writeKey = (key: string): string =>
  /[=!<>~\s"]/.test(key) ? `"${key.replaceAll(/["\\]/g, String.raw`\$&`)}"` : key;

/** Would be read as what it is, and not as a part of the comparison. */
const isPlain = (value: AttributeCondition['value']): boolean =>
  typeof value !== 'string' ||
  (value !== '' && value.trim() === value && readValue(value) === value && !/^[=~]/.test(value));
