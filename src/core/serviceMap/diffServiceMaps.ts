import { benjaminiHochberg } from '../statistics/benjaminiHochberg.ts';
import { fisherExact } from '../statistics/fisherExact.ts';
import { rankBuckets } from './rankBuckets.ts';
import type { CallFigures, MapEdge, MapNode, ServiceMap } from './serviceMap.ts';

export const CHANGE_KINDS = ['new', 'gone', 'more_errors', 'slower'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface EdgeChange {
  readonly kind: ChangeKind;
  readonly edge: MapEdge;
  readonly now: CallFigures | null;
  readonly before: CallFigures | null;
  /** Corrected for all tests of the map. */
  readonly p: number;
}

/** A service that nobody calls and that calls nobody, on one side only. */
export interface NodeChange {
  readonly kind: Extract<ChangeKind, 'new' | 'gone'>;
  readonly node: MapNode;
  /** Corrected for all tests of the map. */
  readonly p: number;
}

export interface MapDiff {
  /** The likeliest to be no chance first. */
  readonly changes: readonly EdgeChange[];
  /** Of services without an edge: all others change by their edges. */
  readonly nodes: readonly NodeChange[];
  /** Edges of the baseline that nobody uses now, whether or not that may be chance. */
  readonly missing: readonly MapEdge[];
  /** How many tests were made. */
  readonly tests: number;
}

/** Of the changes that are told, about one in twenty is expected to be chance. */
const FALSE_SHARE = 0.05;
/** A p95 that rose by less is not worth a look, however sure it is: calls of one moment are not independent of one another. */
const NOTABLE_SLOWER = 1.1;
/** A share of errors that rose by less. */
const NOTABLE_ERRORS = 0.005;

interface Tested {
  readonly chance: number;
  readonly notable: boolean;
}
type Candidate = Omit<EdgeChange, 'p'> & Tested;
type NodeCandidate = Omit<NodeChange, 'p'> & Tested;

/**
 * What is different between two maps, each claim tested:
 * - `new` and `gone`: with an unchanged rate, n calls would all fall on one of both sides with chance shareⁿ, the side's share of both
 *   windows (the conditional test of two Poisson rates, Przyborowski and Wilenski 1940); so an edge with few calls is not called new; of
 *   a service without edges, how often it was seen at work stands for calls;
 * - `more_errors`: Fisher's exact test on failed and other calls;
 * - `slower`: the rank test on buckets, and a p95 that rose by a tenth at least.
 * All p-values of the map are corrected together (Benjamini and Hochberg). Counts that come from rates are rounded.
 */
export function diffServiceMaps(now: ServiceMap, before: ServiceMap): MapDiff {
  const earlier = new Map(before.edges.map((edge) => [edge.id, edge]));
  const present = new Set(now.edges.filter(({ figures }) => figures.calls > 0).map(({ id }) => id));
  const missing = before.edges.filter(({ id, figures }) => figures.calls > 0 && !present.has(id));
  const exposure = { now: exposureOf(now), before: exposureOf(before) };
  const candidates = [
    ...now.edges.flatMap((edge) => compareEdge(edge, earlier.get(edge.id), exposure)),
    ...missing.map((edge): Candidate => ({
      ...{ kind: 'gone', edge, now: null, before: edge.figures, notable: true },
      chance: oneSided(edge.figures.calls, exposure.before, exposure.now),
    })),
  ];
  const nodes = compareIsolated(now, before);
  const corrected = benjaminiHochberg([...candidates, ...nodes].map(({ chance }) => chance));
  return {
    changes: keepTold(candidates, corrected.slice(0, candidates.length)),
    nodes: keepTold(nodes, corrected.slice(candidates.length)),
    missing,
    tests: candidates.length + nodes.length,
  };
}

/** Those worth telling that are likelier no chance, the likeliest first. */
function keepTold<T extends Tested>(
  candidates: readonly T[],
  corrected: ReadonlyArray<number | null>
): ReadonlyArray<Omit<T, keyof Tested> & { readonly p: number }> {
  return candidates
    .flatMap(({ chance, notable, ...change }, index) => {
      const p = corrected[index] ?? chance;
      return notable && p < FALSE_SHARE ? [{ ...change, p }] : [];
    })
    .toSorted((a, b) => a.p - b.p);
}

function compareIsolated(now: ServiceMap, before: ServiceMap): readonly NodeCandidate[] {
  const exposure = { now: seenWithin(now), before: seenWithin(before) };
  return [
    ...isolatedOnlyIn(now, before).map((node): NodeCandidate => ({
      kind: 'new',
      node,
      notable: true,
      chance: oneSided(node.seen, exposure.now, exposure.before),
    })),
    ...isolatedOnlyIn(before, now).map((node): NodeCandidate => ({
      kind: 'gone',
      node,
      notable: true,
      chance: oneSided(node.seen, exposure.before, exposure.now),
    })),
  ];
}

/** Services at work without an edge here, and neither at work nor with an edge there. */
function isolatedOnlyIn(here: ServiceMap, there: ServiceMap): readonly MapNode[] {
  const linked = linkedNodes(here);
  const known = linkedNodes(there);
  there.nodes.forEach(({ id, seen }) => seen > 0 && known.add(id));
  return here.nodes.filter(({ id, seen }) => seen > 0 && !linked.has(id) && !known.has(id));
}

const linkedNodes = ({ edges }: ServiceMap): Set<string> =>
  new Set(edges.flatMap(({ from, to, figures }) => (figures.calls > 0 ? [from, to] : [])));

/** As `exposureOf`, where services are counted. */
const seenWithin = ({ sampled, nodes, windowSeconds }: ServiceMap): number =>
  sampled ? nodes.reduce((sum, { seen }) => sum + seen, 0) : windowSeconds;

/** How much was looked at: all calls of a sample, whose rate nobody knows, else seconds. */
const exposureOf = ({ sampled, edges, windowSeconds }: ServiceMap): number =>
  sampled ? edges.reduce((sum, { figures }) => sum + figures.calls, 0) : windowSeconds;

/** Chance that all of so many calls fall on the one side. */
const oneSided = (calls: number, here: number, there: number): number =>
  here + there > 0 ? (here / (here + there)) ** Math.round(calls) : 1;

function compareEdge(
  edge: MapEdge,
  earlier: MapEdge | undefined,
  exposure: { readonly now: number; readonly before: number }
): readonly Candidate[] {
  const { figures } = edge;
  if (!(figures.calls > 0)) {
    return [];
  }
  if (earlier === undefined || !(earlier.figures.calls > 0)) {
    const chance = oneSided(figures.calls, exposure.now, exposure.before);
    return [{ kind: 'new', edge, now: figures, before: null, chance, notable: true }];
  }
  const sides = { edge, now: figures, before: earlier.figures };
  return [...compareErrors(sides), ...compareLatency(sides)];
}

type Sides = Pick<Candidate, 'edge'> & { readonly now: CallFigures; readonly before: CallFigures };

const counted = ({ calls, failed }: CallFigures) => {
  const of = Math.round(calls);
  return { of, have: Math.min(of, Math.round(failed)) };
};

function compareErrors(sides: Sides): readonly Candidate[] {
  const [now, before] = [counted(sides.now), counted(sides.before)];
  if (now.of === 0 || before.of === 0) {
    return [];
  }
  const rise = now.have / now.of - before.have / before.of;
  return [{ kind: 'more_errors', ...sides, chance: fisherExact(now, before), notable: rise >= NOTABLE_ERRORS }];
}

function compareLatency(sides: Sides): readonly Candidate[] {
  const { now, before } = sides;
  const ranks = rankBuckets(now.latency, before.latency);
  if (ranks === undefined || now.p95 === null || before.p95 === null) {
    return [];
  }
  const notable = ranks.slower > 0.5 && now.p95 >= before.p95 * NOTABLE_SLOWER;
  return [{ kind: 'slower', ...sides, chance: ranks.p, notable }];
}
