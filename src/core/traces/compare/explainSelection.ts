import { benjaminiHochberg } from '../../statistics/benjaminiHochberg.ts';
import type { Trace } from '../trace.ts';
import type { AttributeDifference, AttributeScope, LeftOut, SelectionExplained } from './attributeDifference.ts';
import { forEachAttribute, type PlainValue } from './attributeValues.ts';
import { binEdges, rangeOf } from './bins.ts';
import { testShares, tested, type Sides } from './pathTests.ts';

/** With fewer a single trace moves a share by more than 20 points, and the order of the list is chance. */
export const LEAST_TRACES = 5;

/** A value that is in fewer traces is nobody's cause, and an attribute without any that is in more is an id of each request. */
const LEAST_OF_VALUE = 3;
/** So many values may each be rare because there are few traces. */
const FEW_VALUES = 10;
/** A number with no more values than these is a code, such as a status; with more it is a quantity, and compared in ranges. */
const MOST_CODES = 12;
/** Shares of the values at which a quantity is parted: quarters, and the highest tenth, where trouble shows. */
const BIN_SHARES = [0.25, 0.5, 0.75, 0.9];

export type Half = 'selection' | 'rest';

/** Takes traces one by one, so that whoever has many can rest in between. */
export interface SelectionExplainer {
  add(half: Half, trace: Trace): void;
  finish(): SelectionExplained;
}

export interface ExplainOptions {
  /** Spans whose attributes count; by default all of a trace. */
  readonly spansOf?: (trace: Trace) => Iterable<number>;
}

/**
 * Which attribute values are more, or less, frequent in a selection of traces than in the rest. A trace has a value when one of its spans
 * has, of itself or of what sent it, as a search for it would find. Ranked by the difference of the shares, each with Fisher's test
 * corrected for all values. A trace on both sides counts for the selection.
 */
export function explainSelection(
  selection: readonly Trace[],
  rest: readonly Trace[],
  options?: ExplainOptions
): SelectionExplained {
  const explainer = createSelectionExplainer(options);
  selection.forEach((trace) => explainer.add('selection', trace));
  rest.forEach((trace) => explainer.add('rest', trace));
  return explainer.finish();
}

interface Having {
  readonly value: PlainValue;
  readonly selection: Set<string>;
  readonly rest: Set<string>;
}

interface Attribute {
  readonly scope: AttributeScope;
  readonly key: string;
  readonly values: Map<PlainValue, Having>;
}

export function createSelectionExplainer({ spansOf = allSpans }: ExplainOptions = {}): SelectionExplainer {
  const attributes = new Map<string, Attribute>();
  const traces: Sides<Set<string>> = { a: new Set(), b: new Set() };

  const attributeOf = (scope: AttributeScope, key: string): Attribute => {
    const name = `${scope}\u0000${key}`;
    const found = attributes.get(name) ?? { scope, key, values: new Map() };
    attributes.set(name, found);
    return found;
  };

  return {
    add(half, trace) {
      const { traceId } = trace;
      if (traces.a.has(traceId) || traces.b.has(traceId)) {
        return;
      }
      (half === 'selection' ? traces.a : traces.b).add(traceId);
      forEachAttribute(trace, spansOf(trace), (scope, key, value) => {
        const { values } = attributeOf(scope, key);
        const having = values.get(value) ?? { value, selection: new Set(), rest: new Set() };
        values.set(value, having);
        having[half].add(traceId);
      });
    },
    finish: () => explain([...attributes.values()], { a: traces.a.size, b: traces.b.size }),
  };
}

function* allSpans(trace: Trace): Iterable<number> {
  for (let span = 0; span < trace.size; span += 1) {
    yield span;
  }
}

type Candidate = Omit<AttributeDifference, 'test'>;

function explain(attributes: readonly Attribute[], sizes: Sides<number>): SelectionExplained {
  const leftOut = attributes.filter(isNearlyUnique);
  const compared = attributes.filter((attribute) => !leftOut.includes(attribute));
  const isSmall = Math.min(sizes.a, sizes.b) < LEAST_TRACES;
  const candidates = compared
    .flatMap((attribute) => candidatesOf(attribute, sizes))
    .filter(({ difference }) => difference !== 0)
    .toSorted(byDifference);
  const ps = candidates.map(({ selection, rest }) =>
    isSmall ? null : testShares({ have: selection, of: sizes.a }, { have: rest, of: sizes.b })
  );
  const corrected = benjaminiHochberg(ps);
  return {
    selection: sizes.a,
    rest: sizes.b,
    items: candidates.map((one, at) => ({ ...one, test: tested(ps[at] ?? null, corrected[at]) })),
    leftOut: leftOut.map(({ scope, key, values }): LeftOut => ({ scope, key, values: values.size })),
    isSmall,
    tests: ps.filter((p) => p !== null).length,
  };
}

const tracesOf = ({ selection, rest }: Having): number => selection.size + rest.size;

/** By what it looks like, not by its name: one tenant that fills the selection is found, though every other is there once only. */
const isNearlyUnique = (attribute: Attribute): boolean =>
  !isQuantity(attribute) &&
  attribute.values.size > FEW_VALUES &&
  [...attribute.values.values()].every((having) => tracesOf(having) < LEAST_OF_VALUE);

const isQuantity = ({ key, values }: Attribute): boolean =>
  values.size > MOST_CODES && !NAMES_AN_ID.test(key) && [...values.keys()].every((value) => typeof value === 'number');

/** Numbers that name something are not more or less. */
const NAMES_AN_ID = /(?:^|[._-])(?:id|pid|tid|port)$/i;

function candidatesOf(attribute: Attribute, sizes: Sides<number>): readonly Candidate[] {
  const { scope, key } = attribute;
  const havings = [...attribute.values.values()];
  if (isQuantity(attribute)) {
    return binned(havings).map(({ range, having }) => candidate({ scope, key, value: null, range }, having, sizes));
  }
  // In small sets every value is rare.
  const least = attribute.values.size > FEW_VALUES ? LEAST_OF_VALUE : 1;
  return havings
    .filter((having) => tracesOf(having) >= least)
    .map((having) => candidate({ scope, key, value: having.value, range: null }, having, sizes));
}

function candidate(
  what: Pick<Candidate, 'scope' | 'key' | 'value' | 'range'>,
  having: Having,
  { a, b }: Sides<number>
): Candidate {
  const [selection, rest] = [having.selection.size, having.rest.size];
  const difference = selection / Math.max(1, a) - rest / Math.max(1, b);
  const [example = ''] = difference > 0 ? having.selection : having.rest;
  return { ...what, selection, rest, difference, example };
}

interface Bin {
  readonly range: { readonly from: number | null; readonly to: number | null };
  readonly having: Having;
}

function binned(havings: readonly Having[]): readonly Bin[] {
  const numbers = havings.flatMap((having) =>
    typeof having.value === 'number' ? Array.from({ length: tracesOf(having) }, () => Number(having.value)) : []
  );
  const edges = binEdges(numbers, BIN_SHARES);
  const bins = Array.from({ length: edges.length + 1 }, (_, at): Bin => {
    const having = { value: '', selection: new Set<string>(), rest: new Set<string>() };
    return { range: rangeOf(edges, at), having };
  });
  for (const { value, selection, rest } of havings) {
    const bin = bins[edges.filter((edge) => edge <= Number(value)).length];
    selection.forEach((traceId) => bin?.having.selection.add(traceId));
    rest.forEach((traceId) => bin?.having.rest.add(traceId));
  }
  return bins.filter(({ having }) => tracesOf(having) > 0);
}

/** Of a yes and its no, the one that the selection has more of. */
const byDifference = (one: Candidate, other: Candidate): number =>
  Math.abs(other.difference) - Math.abs(one.difference) ||
  Math.sign(other.difference) - Math.sign(one.difference) ||
  other.selection + other.rest - one.selection - one.rest ||
  (`${one.key}${String(one.value)}` < `${other.key}${String(other.value)}` ? -1 : 1);
