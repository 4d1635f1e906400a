import type { DrawnSpan } from './drawTrace.fixture.ts';
import { SPAN_KINDS } from './trace.ts';

/** A number from 0 up to, not with, `below`, or a choice. */
export type Draw = (below: number) => number;

/** Mulberry32 (Tommy Ettinger, public domain): the same series for the same seed. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

interface TreeShape {
  readonly draw: Draw;
  readonly mostSpans: number;
  /** In units. */
  readonly longest: number;
}

/**
 * A random tree, the root first: children touch, overlap, lie outside of their parent, have no length, go on after their parent and
 * are of all kinds; times are small, so that ties are many.
 */
export function drawTree({ draw, mostSpans, longest }: TreeShape): DrawnSpan[] {
  const spans: DrawnSpan[] = [];
  const hasKinds = draw(3) > 0;
  const count = 1 + draw(mostSpans);
  for (let i = 0; i < count; i += 1) {
    const parent = i === 0 ? undefined : spans[draw(spans.length)];
    const sibling = spans[draw(Math.max(1, spans.length))];
    const from = parent === undefined ? draw(3) : drawStart(draw, { parent, sibling, longest });
    const length = draw(6) === 0 ? 0 : 1 + draw(longest);
    // Half of them end with something else.
    const to = parent !== undefined && draw(2) === 0 ? Math.max(from, parent.to + draw(6) - 3) : from + length;
    spans.push({
      id: Array.from({ length: 16 }, () => draw(16).toString(16)).join(''),
      ...(parent === undefined ? {} : { parent: parent.id }),
      ...{ from, to },
      kind: hasKinds
        ? (SPAN_KINDS[draw(SPAN_KINDS.length)] ?? 'internal')
        : ((['unspecified', 'internal'] as const)[draw(2)] ?? 'internal'),
      tiedByLink: parent !== undefined && draw(12) === 0,
    });
  }
  return spans;
}

interface Neighbours {
  readonly parent: DrawnSpan;
  readonly sibling: DrawnSpan | undefined;
  readonly longest: number;
}

function drawStart(draw: Draw, { parent, sibling, longest }: Neighbours): number {
  switch (draw(4)) {
    case 0:
      return sibling?.to ?? parent.from;
    case 1:
      return parent.from + draw(5) - 2;
    default:
      return parent.from + draw(longest) - 1;
  }
}

/** Who holds up the root in each unit of its time, from its start on. */
export function holders(spans: readonly DrawnSpan[], unitNs: number): string[] {
  const [root] = spans;
  if (root === undefined) {
    return [];
  }
  const held = Array.from({ length: root.to - root.from }, () => '');
  hold(root, [root.from, root.to], { spans, unitNs, held, origin: root.from });
  return held;
}

interface Stage {
  readonly spans: readonly DrawnSpan[];
  readonly unitNs: number;
  readonly held: string[];
  readonly origin: number;
}

/** The definition, unit by unit from the end: no sorting once, no pointer, nothing remembered but where we are. */
function hold(span: DrawnSpan, [from, to]: readonly [number, number], stage: Stage): void {
  let t = to;
  while (t > from) {
    const child = lastToEnd(
      stage.spans.filter(
        (one) =>
          one.parent === span.id && blocks(span, one, stage.unitNs) && one.from < t && Math.min(one.to, to) > from
      )
    );
    if (child === undefined || child.to < t) {
      stage.held[t - 1 - stage.origin] = span.id;
      t -= 1;
    } else {
      const begins = Math.max(child.from, from);
      hold(child, [begins, t], stage);
      t = begins;
    }
  }
}

function lastToEnd(children: readonly DrawnSpan[]): DrawnSpan | undefined {
  let best: DrawnSpan | undefined;
  for (const child of children) {
    if (best === undefined || child.to > best.to || (child.to === best.to && goesFirst(child, best))) {
      best = child;
    }
  }
  return best;
}

const goesFirst = (a: DrawnSpan, b: DrawnSpan): boolean => a.from < b.from || (a.from === b.from && a.id < b.id);

/** The three rules, in whole numbers. */
function blocks(parent: DrawnSpan, child: DrawnSpan, unitNs: number): boolean {
  const isQueued = parent.kind === 'producer' && child.kind === 'consumer';
  const mayDiffer =
    (parent.kind === 'client' && child.kind === 'server') ||
    (parent.kind === 'unspecified' && child.kind === 'unspecified');
  const late = (child.to - parent.to) * unitNs;
  const isLate = late > 2000 && late * 100 > (child.to - child.from) * unitNs;
  return !isQueued && child.tiedByLink !== true && (mayDiffer || !isLate);
}
