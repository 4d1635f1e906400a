import type { TraceFilter } from '../../api/traces.ts';

export type AttributeCondition = TraceFilter['attributes'][number];

const CONDITION = /^(span\.|resource\.|\.)?([^=!<>~\s]+)\s*(=~|!~|!=|>=|<=|=|>|<)\s*(.*)$/s;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** `http.response.status_code>=500`, `resource.service.version="2"` as a condition; undefined where it is none. */
export function readCondition(text: string): AttributeCondition | undefined {
  const [, prefix = '.', key = '', op = '', rest = ''] = CONDITION.exec(text.trim()) ?? [];
  const known = OPERATORS.find((one) => one === op);
  if (known === undefined || key === '' || rest === '') {
    return undefined;
  }
  const scope = prefix === 'span.' ? 'span' : prefix === 'resource.' ? 'resource' : 'any';
  return { scope, key, op: known, value: readValue(rest) };
}

const OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;

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

const PREFIX = { span: 'span.', resource: 'resource.', any: '' } as const;

/** What `readCondition` reads back. */
export function writeCondition({ scope, key, op, value }: AttributeCondition): string {
  const isPlain = typeof value !== 'string' || (readValue(value) === value && value.trim() === value && value !== '');
  return `${PREFIX[scope]}${key}${op}${isPlain ? String(value) : `"${value}"`}`;
}
