import { cell } from '../column.ts';
import { exceptionOf } from '../exceptionOf.ts';
import { written } from '../spanText.ts';
import { SPAN_KINDS, SPAN_STATUSES, type AttributeValue, type Trace } from '../trace.ts';
import { parseNanoseconds } from './parseNanoseconds.ts';
import { isNumeric, isSpanField, type FilterTerm, type SpanField, type SpanFilter } from './parseSpanFilter.ts';

type SpanTest = (span: number) => boolean;
type TextTest = (text: string) => boolean;

/**
 * 1 for each span that a filter fits. Each distinct name, service, value and resource is looked at once, however many spans carry it.
 * An attribute counts whether it is the span's own or of what sent it; a condition on one that is absent does not hold, `!=` included.
 */
export function matchSpans(trace: Trace, { terms }: SpanFilter): Uint8Array {
  const matched = new Uint8Array(trace.size).fill(1);
  for (const term of terms) {
    const test = testOf(trace, term);
    for (let span = 0; span < trace.size; span += 1) {
      if (matched[span] === 1 && test(span) === term.negated) {
        matched[span] = 0;
      }
    }
  }
  return matched;
}

/** Places of the ones, ascending. */
export function placesOf(matched: Uint8Array): Uint32Array {
  const places = new Uint32Array(matched.reduce((sum, one) => sum + one, 0));
  let next = 0;
  matched.forEach((one, place) => {
    if (one === 1) {
      places[next] = place;
      next += 1;
    }
  });
  return places;
}

/** 1 for each span that matched, and for all above it. */
export function withAncestors(trace: Trace, matched: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(matched);
  for (let span = trace.size - 1; span >= 0; span -= 1) {
    const parent = cell(trace.parent, span);
    if (kept[span] === 1 && parent !== -1) {
      kept[parent] = 1;
    }
  }
  return kept;
}

function testOf(trace: Trace, term: FilterTerm): SpanTest {
  if (term.field === null) {
    return anywhere(trace, containing(term.value));
  }
  const attribute = attributeTest(trace, term.field, valueTest(term));
  if (!isSpanField(term.field)) {
    return attribute;
  }
  const own = ownTest(trace, term.field, term);
  // A span may carry an attribute of the same name.
  return trace.keys.includes(term.field) ? (span) => own(span) || attribute(span) : own;
}

function ownTest(trace: Trace, field: SpanField, term: FilterTerm): SpanTest {
  const test = textTest(term);
  switch (field) {
    case 'service':
      return ofColumn(trace.service, trace.services.map(test));
    case 'name':
      return ofColumn(trace.name, trace.names.map(test));
    case 'kind':
      return ofColumn(trace.kind, SPAN_KINDS.map(test));
    case 'status':
      return ofColumn(trace.status, SPAN_STATUSES.map(test));
    case 'id':
      return (span) => test(trace.spanIds[span] ?? '');
    case 'event':
      return (span) => trace.events.get(span)?.some(({ name }) => test(name)) === true;
    case 'error':
      return (span) => saysOf(exceptionOf(trace, span).type, test);
    case 'duration':
      return durationTest(trace, term);
  }
}

const saysOf = (text: string, test: TextTest): boolean => text !== '' && test(text);

const ofColumn =
  (column: ArrayLike<number>, fits: readonly boolean[]): SpanTest =>
  (span) =>
    fits[cell(column, span)] === true;

function durationTest({ startNs, endNs }: Trace, { op, value }: FilterTerm): SpanTest {
  const than = parseNanoseconds(value) ?? 0;
  return (span) => compares(cell(endNs, span) - cell(startNs, span), op, than);
}

function compares(value: number, op: FilterTerm['op'], than: number): boolean {
  switch (op) {
    case '>':
      return value > than;
    case '>=':
      return value >= than;
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '!=':
      return value !== than;
    case '=':
    case ':':
      return value === than;
  }
}

function containing(wanted: string): TextTest {
  const folded = wanted.toLowerCase();
  return (text) => text.toLowerCase().includes(folded);
}

function textTest({ op, value }: FilterTerm): TextTest {
  switch (op) {
    case ':':
      return containing(value);
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    default:
      return (text) => isNumeric(text) && compares(Number(text), op, Number(value));
  }
}

const valueTest = (term: FilterTerm): ((value: AttributeValue) => boolean) => {
  const test = textTest(term);
  return (value) => test(written(value));
};

function attributeTest(trace: Trace, key: string, test: (value: AttributeValue) => boolean): SpanTest {
  const place = trace.keys.indexOf(key);
  const fits = place === -1 ? [] : trace.values.map(test);
  const sent = trace.resources.map(({ attributes }) => attributes.some(([name, value]) => name === key && test(value)));
  return (span) => sent[cell(trace.resource, span)] === true || hasPair(trace, span, { place, fits });
}

function hasPair(trace: Trace, span: number, { place, fits }: { place: number; fits: readonly boolean[] }): boolean {
  for (let i = cell(trace.attributeFrom, span); place !== -1 && i < cell(trace.attributeTo, span); i += 1) {
    if (trace.attributeKey[i] === place && fits[cell(trace.attributeValue, i)] === true) {
      return true;
    }
  }
  return false;
}

/** A text in the name, the service, an attribute or its key, an event, the status message or the id. */
function anywhere(trace: Trace, test: TextTest): SpanTest {
  const names = trace.names.map(test);
  const services = trace.services.map(test);
  const keys = trace.keys.map(test);
  const values = trace.values.map((value) => test(written(value)));
  const sent = trace.resources.map(({ attributes }) => attributes.some(([, value]) => test(written(value))));
  return (span) =>
    names[cell(trace.name, span)] === true ||
    services[cell(trace.service, span)] === true ||
    sent[cell(trace.resource, span)] === true ||
    hasEither(trace, span, { keys, values }) ||
    test(trace.spanIds[span] ?? '') ||
    besides(trace, span, test);
}

interface Fitting {
  readonly keys: readonly boolean[];
  readonly values: readonly boolean[];
}

function hasEither(trace: Trace, span: number, { keys, values }: Fitting): boolean {
  for (let i = cell(trace.attributeFrom, span); i < cell(trace.attributeTo, span); i += 1) {
    if (values[cell(trace.attributeValue, i)] === true || keys[cell(trace.attributeKey, i)] === true) {
      return true;
    }
  }
  return false;
}

const besides = (trace: Trace, span: number, test: TextTest): boolean =>
  test(trace.statusMessages.get(span) ?? '') ||
  trace.events
    .get(span)
    ?.some(({ name, attributes }) => test(name) || attributes.some(([, value]) => test(written(value)))) === true;
