import type { TimeRange } from '@grafana/data';
import type { TraceSides } from '../../api/traceComparison.ts';
import { traceIdsIn } from '../../core/traces/traceIdsIn.ts';
import { durationMs, epochMs, parseDuration } from '../../core/units.ts';
import type { CompareParams } from '../../host/comparePath.ts';
import { t } from '../../i18n/t.ts';
import { readRange } from '../../ui/addressRange.ts';
import { formatField, parseField } from '../../ui/formatTime.ts';

export const COMPARE_KINDS = ['traces', 'queries', 'time', 'versions', 'slow', 'selection'] as const;
export type CompareKind = (typeof COMPARE_KINDS)[number];

export type CompareField = keyof Omit<CompareParams, 'kind'>;

/** The form as it is typed: every field a text, as in the address. */
export type CompareForm = Readonly<Record<CompareField, string>> & { readonly kind: CompareKind };

export type FormErrors = Partial<Readonly<Record<CompareField, string>>>;

const EMPTY: CompareForm = {
  ...{ kind: 'traces', a: '', b: '', q: '{ }', service: '' },
  ...{ from: 'now-1h', to: 'now', afrom: '', ato: '', at: '', each: '15m', ids: '', limit: '100' },
};

/** Which fields a kind has, in the order in which they stand. */
export const FIELDS_OF: Readonly<Record<CompareKind, readonly CompareField[]>> = {
  traces: ['a', 'b'],
  queries: ['a', 'afrom', 'ato', 'b', 'from', 'to', 'limit'],
  time: ['q', 'at', 'each', 'limit'],
  versions: ['service', 'a', 'b', 'q', 'from', 'to', 'limit'],
  slow: ['q', 'from', 'to', 'limit'],
  selection: ['q', 'from', 'to', 'ids', 'limit'],
};

const isKind = (text: string | undefined): text is CompareKind => COMPARE_KINDS.some((kind) => kind === text);

/** @param get reads the address */
export function readForm(get: (name: string) => string | undefined): CompareForm {
  const kind = get('kind');
  const fields = Object.keys(EMPTY).map((name) => [name, get(name)] as const);
  const given = Object.fromEntries(fields.filter(([name, value]) => name !== 'kind' && value !== undefined));
  return { ...EMPTY, ...given, kind: isKind(kind) ? kind : EMPTY.kind };
}

/** What stands in the address: the fields of the kind; null for those that are not of it. */
export function writeForm(form: CompareForm): Readonly<Record<keyof CompareParams, string | null>> {
  const own = new Set<string>(FIELDS_OF[form.kind]);
  const text = (name: CompareField): string | null => (own.has(name) ? form[name] : null);
  return {
    kind: form.kind,
    ...{ a: text('a'), b: text('b'), q: text('q'), service: text('service'), from: text('from'), to: text('to') },
    ...{ afrom: text('afrom'), ato: text('ato'), at: text('at'), each: text('each') },
    ...{ ids: text('ids'), limit: text('limit') },
  };
}

/** What is no time counts as the last hour. */
export const rangeOf = (from: string, to: string, timeZone: string): TimeRange =>
  readRange({ from, to }, timeZone, { from: EMPTY.from, to: EMPTY.to });

/** The moment in the address, epoch ms, as the field has it. */
export function atField(at: string, timeZone: string): string {
  return /^\d{10,15}$/.test(at) ? formatField(Number(at), timeZone) : '';
}

export const writeAt = (field: string, timeZone: string): string => String(parseField(field, timeZone) ?? '');

const LONGEST_QUERY = 4000;
const MOST_TRACES = 500;

/** What is wrong with the fields of its kind, in words that say what to enter. */
export function findErrors(form: CompareForm): FormErrors {
  const errors: Array<readonly [CompareField, string | undefined]> = FIELDS_OF[form.kind].map((name) => [
    name,
    errorOf(form, name),
  ]);
  return Object.fromEntries(errors.filter(([, error]) => error !== undefined));
}

const CHECKS: Partial<Readonly<Record<CompareField, (form: CompareForm) => string | undefined>>> = {
  q: ({ q }) => queryError(q),
  service: ({ service }) =>
    service.trim() === '' ? t('compare.compare-form.choose-a-service', 'Choose a service') : undefined,
  at: ({ at }) =>
    /^\d{10,15}$/.test(at) ? undefined : t('compare.compare-form.enter-a-date', 'Enter a date and time'),
  each: ({ each }) =>
    (parseDuration(each) ?? 0) > 0
      ? undefined
      : t('compare.compare-form.enter-a-length', 'Enter a length of time such as 15m or 1h'),
  ids: ({ ids }) =>
    traceIdsIn(ids).length === 0 ? t('compare.compare-form.none-selected', 'No trace is selected') : undefined,
  limit: ({ limit }) => {
    const count = Number(limit);
    return Number.isInteger(count) && count >= 1 && count <= MOST_TRACES
      ? undefined
      : t('compare.compare-form.enter-a-number', 'Enter a whole number from 1 to {{most}}', { most: MOST_TRACES });
  },
};

function errorOf(form: CompareForm, name: CompareField): string | undefined {
  if (name === 'a' || name === 'b') {
    return sideError(form, name);
  }
  return CHECKS[name]?.(form);
}

function sideError(form: CompareForm, name: 'a' | 'b'): string | undefined {
  const text = form[name];
  switch (form.kind) {
    case 'traces':
      return traceIdsIn(text).length === 0
        ? t('compare.compare-form.paste', 'Paste a trace id, a link to a trace, or several of them')
        : undefined;
    case 'queries':
      return queryError(text);
    default:
      return text.trim() === '' ? t('compare.compare-form.choose-a-version', 'Choose a version') : undefined;
  }
}

function queryError(query: string): string | undefined {
  if (query.trim() === '') {
    return t('compare.compare-form.enter-a-query', 'Enter a TraceQL query; { } finds every trace');
  }
  return query.length > LONGEST_QUERY
    ? t('compare.compare-form.at-most', 'Enter at most {{most}} characters', { most: LONGEST_QUERY })
    : undefined;
}

/** What to ask the engine; undefined while something is wrong. */
export function sidesOf(form: CompareForm, timeZone: string): TraceSides | undefined {
  return Object.keys(findErrors(form)).length > 0 ? undefined : SIDES[form.kind](form, timeZone);
}

function windowOf(from: string, to: string, timeZone: string) {
  const range = rangeOf(from, to, timeZone);
  return { from: epochMs(range.from.valueOf()), to: epochMs(range.to.valueOf()) };
}

const SIDES: Readonly<Record<CompareKind, (form: CompareForm, timeZone: string) => TraceSides>> = {
  traces: ({ a, b }) => ({
    kind: 'sets',
    a: { traceIds: [...traceIdsIn(a)].slice(0, MOST_TRACES) },
    b: { traceIds: [...traceIdsIn(b)].slice(0, MOST_TRACES) },
  }),
  queries: ({ a, b, from, to, afrom, ato, limit }, timeZone) => ({
    kind: 'sets',
    a: { query: a, ...windowOf(afrom || from, ato || to, timeZone), limit: Number(limit) },
    b: { query: b, ...windowOf(from, to, timeZone), limit: Number(limit) },
  }),
  time: ({ q, at, each, limit }) => ({
    ...{ kind: 'before_after', query: q, at: epochMs(Number(at)) },
    ...{ each: parseDuration(each) ?? durationMs(0), limit: Number(limit) },
  }),
  versions: ({ service, a, b, q, from, to, limit }, timeZone) => ({
    ...{ kind: 'versions', service: service.trim(), a: a.trim(), b: b.trim(), limit: Number(limit) },
    ...(q.trim() === EMPTY.q ? {} : { query: q }),
    ...windowOf(from, to, timeZone),
  }),
  slow: ({ q, from, to, limit }, timeZone) => ({
    ...{ kind: 'slow_normal', query: q, limit: Number(limit) },
    ...windowOf(from, to, timeZone),
  }),
  selection: ({ q, from, to, ids, limit }, timeZone) => ({
    ...{
      kind: 'selection_rest',
      query: q,
      limit: Number(limit),
      selection: [...traceIdsIn(ids)].slice(0, MOST_TRACES),
    },
    ...windowOf(from, to, timeZone),
  }),
};
