import { cell } from './column.ts';
import { createGrowingColumn } from './growingColumn.ts';
import { createInterner } from './interner.ts';
import { noticesOf } from './noticesOf.ts';
import { preorder } from './preorder.ts';
import { relativeTimes } from './relativeTimes.ts';
import { resolveParents } from './resolveParents.ts';
import type { AbsoluteNs, EventInput, LinkInput, SpanInput } from './spanInput.ts';
import {
  SPAN_KINDS,
  SPAN_STATUSES,
  type AttributeValue,
  type Resource,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  type Trace,
  type TraceNotice,
} from './trace.ts';
import { normalId, SPAN_ID_LENGTH, TRACE_ID_LENGTH } from './traceIds.ts';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');

/** Takes spans one by one, in any order, and makes a trace of them. */
export interface TraceBuilder {
  readonly traceId: string;
  readonly size: number;
  /** Of the spans up to now; undefined without any. */
  readonly earliestStart: AbsoluteNs | undefined;
  add(span: SpanInput): void;
  /** @param notices what the parser has to say besides */
  build(notices?: readonly TraceNotice[]): Trace;
}

/** @param givenId as the source wrote it */
export function createTraceBuilder(givenId: string): TraceBuilder {
  const traceId = normalId(givenId, TRACE_ID_LENGTH);
  const columns = createColumns();
  const first = new Map<string, number>();
  // Both halves of a call may carry one id, and each may come twice; few do.
  const otherHalves = new Map<string, number>();
  let repeated = 0;
  let earliest: AbsoluteNs | undefined;

  /** Where the span was seen before, or undefined after noting that it was seen now. */
  const seenAt = (id: string, kind: SpanKind): number | undefined => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, columns.ids.length);
      return undefined;
    }
    if (columns.kind[earlier] === SPAN_KINDS.indexOf(kind)) {
      return earlier;
    }
    const half = `${id} ${kind}`;
    const other = otherHalves.get(half);
    if (other === undefined) {
      otherHalves.set(half, columns.ids.length);
    }
    return other;
  };

  return {
    traceId,
    get size() {
      return columns.ids.length;
    },
    get earliestStart() {
      return earliest;
    },
    add(span) {
      const id = normalId(span.spanId, SPAN_ID_LENGTH);
      const earlier = seenAt(id, span.kind);
      if (earlier !== undefined && columns.holds(earlier, span)) {
        repeated += 1;
        return;
      }
      columns.add(id, span, traceId);
      earliest = earliest === undefined || span.start < earliest ? span.start : earliest;
    },
    build: (notices = []) => assemble(traceId, columns, { notices, repeated }),
  };
}

function createColumns() {
  const services = createInterner<string>();
  const names = createInterner<string>();
  const keys = createInterner<string>();
  const values = createInterner<AttributeValue>(identityOf);
  const resources = createInterner<Resource>();
  const ids: string[] = [];
  const parentIds: string[] = [];
  const starts: bigint[] = [];
  const ends: Array<bigint | null> = [];
  const kind: number[] = [];
  const status: number[] = [];
  const tied: number[] = [];
  const resource: number[] = [];
  const service: number[] = [];
  const name: number[] = [];
  const attributeFrom: number[] = [];
  const attributeTo: number[] = [];
  const attributeKey = createGrowingColumn();
  const attributeValue = createGrowingColumn();
  const events = new Map<number, readonly EventInput[]>();
  const links = new Map<number, readonly LinkInput[]>();
  const statusMessages = new Map<number, string>();

  return {
    ...{ ids, parentIds, starts, ends, kind, status, tied, resource, service, name, attributeFrom, attributeTo },
    ...{ attributeKey, attributeValue, events, links, statusMessages, services, names, keys, values, resources },
    /** Whether a span that came before is this one, sent twice. */
    holds: (earlier: number, span: SpanInput): boolean =>
      starts[earlier] === span.start &&
      ends[earlier] === span.end &&
      names.values[cell(name, earlier)] === span.name &&
      kind[earlier] === SPAN_KINDS.indexOf(span.kind) &&
      services.values[cell(service, earlier)] === span.resource.service,
    add(id: string, span: SpanInput, traceId: string) {
      const at = ids.length;
      const parent = parentOf(span, traceId);
      ids.push(id);
      parentIds.push(parent.id);
      tied.push(parent.tiedByLink ? 1 : 0);
      starts.push(span.start);
      ends.push(span.end);
      kind.push(SPAN_KINDS.indexOf(span.kind));
      status.push(SPAN_STATUSES.indexOf(span.status));
      resource.push(resources.index(span.resource));
      service.push(services.index(span.resource.service));
      name.push(names.index(span.name));
      attributeFrom.push(attributeKey.length);
      for (const [key, value] of span.attributes) {
        attributeKey.push(keys.index(key));
        attributeValue.push(values.index(value));
      }
      attributeTo.push(attributeKey.length);
      keepIfAny(events, at, span.events);
      keepIfAny(links, at, span.links);
      if (span.statusMessage !== undefined && span.statusMessage !== '') {
        statusMessages.set(at, span.statusMessage);
      }
    },
  };
}
type Columns = ReturnType<typeof createColumns>;

/** What tells a value from all others, also from those that JSON writes alike, or that a map takes for the same. */
function identityOf(value: AttributeValue): unknown {
  const isPlain = typeof value !== 'object' && !Object.is(value, -0);
  return isPlain ? value : `\u0000${JSON.stringify(value, (_, item: unknown) => beyondJson(item))}`;
}

const beyondJson = (item: unknown): unknown =>
  typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))
    ? { '\u0000': Object.is(item, -0) ? '-0' : String(item) }
    : item;

function keepIfAny<T>(kept: Map<number, readonly T[]>, at: number, items: readonly T[] | undefined): void {
  if (items !== undefined && items.length > 0) {
    kept.set(at, items);
  }
}

/** A span without a parent that is linked to another of its trace hangs below that one, tied by the link only. */
function parentOf(span: SpanInput, traceId: string): { readonly id: string; readonly tiedByLink: boolean } {
  const id = normalId(span.parentSpanId, SPAN_ID_LENGTH);
  if (id !== '') {
    return { id, tiedByLink: span.tiedByLink === true };
  }
  const link = span.links?.find((one) => normalId(one.traceId, TRACE_ID_LENGTH) === traceId);
  return { id: link === undefined ? '' : normalId(link.spanId, SPAN_ID_LENGTH), tiedByLink: link !== undefined };
}

interface Besides {
  readonly notices: readonly TraceNotice[];
  readonly repeated: number;
}

function assemble(traceId: string, columns: Columns, { notices, repeated }: Besides): Trace {
  const times = relativeTimes(columns.starts, columns.ends);
  const resolved = resolveParents({
    ids: columns.ids,
    parentIds: columns.parentIds,
    isServer: (span) => columns.kind[span] === SERVER,
    isClient: (span) => columns.kind[span] === CLIENT,
    startNs: times.startNs,
    tiedByLink: Uint8Array.from(columns.tied),
  });
  const tree = preorder({ parent: resolved.parent, compare: byStart(times, columns.ids) });
  const { order, ...shape } = tree;
  const pick = pickNumbers(order);
  const place = places(order);
  const spanIds = Array.from(order, (from) => columns.ids[from] ?? '');
  return {
    traceId,
    size: order.length,
    epochNs: times.epochNs,
    durationNs: times.durationNs,
    spanIds,
    startNs: Float64Array.from(order, (from) => cell(times.startNs, from)),
    endNs: Float64Array.from(order, (from) => cell(times.endNs, from)),
    ...shape,
    kind: Uint8Array.from(pick(columns.kind)),
    status: Uint8Array.from(pick(columns.status)),
    tiedByLink: Uint8Array.from(order, (from, to) =>
      hangsOnAnother(cell(shape.parent, to), { spanIds, to }) ? cell(columns.tied, from) : 0
    ),
    resource: pick(columns.resource),
    service: pick(columns.service),
    name: pick(columns.name),
    resources: columns.resources.values,
    services: columns.services.values,
    names: columns.names.values,
    attributeFrom: pick(columns.attributeFrom),
    attributeTo: pick(columns.attributeTo),
    attributeKey: columns.attributeKey.toArray(),
    attributeValue: columns.attributeValue.toArray(),
    keys: columns.keys.values,
    values: columns.values.values,
    events: moved(columns.events, place, (events) => events.map((event) => eventOf(event, times.relative))),
    links: moved(columns.links, place, (links) => links.map(linkOf)),
    statusMessages: moved(columns.statusMessages, place, (message) => message),
    missingParents: new Map(
      resolved.missing
        .map((span): [number, string] => [cell(place, span), columns.parentIds[span] ?? ''])
        .toSorted(byPlace)
    ),
    notices: withoutRepeated([
      ...notices,
      ...noticesOf({ traceId, spanIds, roots: shape.roots, place, repeated, times, ...resolved }),
    ]),
  };
}

/** What a file says that was written from a trace may be seen again from its spans. */
function withoutRepeated(notices: readonly TraceNotice[]): readonly TraceNotice[] {
  const messages = new Set<string>();
  return notices.filter(({ message }) => messages.size < messages.add(message).size);
}

/** A span that lost its parent in a cycle hangs on nothing any more; the other half of a call hangs on its own id, whatever it links to. */
const hangsOnAnother = (parent: number, { spanIds, to }: { spanIds: readonly string[]; to: number }): boolean =>
  parent !== -1 && spanIds[parent] !== spanIds[to];

const byPlace = ([a]: [number, string], [b]: [number, string]): number => a - b;

const pickNumbers =
  (order: Uint32Array) =>
  (column: readonly number[]): Uint32Array =>
    Uint32Array.from(order, (from) => cell(column, from));

function places(order: Uint32Array): Uint32Array {
  const place = new Uint32Array(order.length);
  for (let to = 0; to < order.length; to += 1) {
    place[cell(order, to)] = to;
  }
  return place;
}

interface Times {
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

/** By start, then the longest, then the smaller id. */
function byStart({ startNs, endNs }: Times, ids: readonly string[]) {
  return (a: number, b: number): number =>
    cell(startNs, a) - cell(startNs, b) || cell(endNs, b) - cell(endNs, a) || compareText(ids[a], ids[b]) || a - b;
}

function compareText(a = '', b = ''): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function moved<T, U>(kept: ReadonlyMap<number, T>, place: Uint32Array, change: (value: T) => U): Map<number, U> {
  const entries = [...kept].map(([from, value]): [number, U] => [cell(place, from), change(value)]);
  return new Map(entries.toSorted(([a], [b]) => a - b));
}

const eventOf = ({ name, at, attributes }: EventInput, relative: (at: bigint) => number): SpanEvent => ({
  name,
  atNs: relative(at),
  attributes,
});

const linkOf = ({ traceId, spanId, attributes }: LinkInput): SpanLink => ({
  traceId: normalId(traceId, TRACE_ID_LENGTH),
  spanId: normalId(spanId, SPAN_ID_LENGTH),
  attributes,
});
