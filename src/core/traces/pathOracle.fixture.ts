import type { DrawnSpan } from './drawTrace.fixture.ts';
import { SPAN_KINDS, type SpanKind } from './trace.ts';

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
  const kinds = draw(3) > 0 ? SPAN_KINDS : SPAN_KINDS.slice(0, 2);
  const spans: DrawnSpan[] = [drawSpan(draw, { kinds, from: draw(3), length: 1 + draw(longest) })];
  for (let i = draw(mostSpans); i > 0; i -= 1) {
    const parent = spans[draw(spans.length)];
    if (parent !== undefined) {
      const from = drawStart(draw, parent, spans);
      spans.push({
        ...drawSpan(draw, { kinds, from, length: drawLength(draw, parent, from) }),
        parent: parent.id,
        tiedByLink: draw(12) === 0,
      });
    }
  }
  return spans;
}

interface SpanShape {
  readonly kinds: readonly SpanKind[];
  readonly from: number;
  readonly length: number;
}

const hex = (draw: Draw): string =>
  draw(2 ** 32)
    .toString(16)
    .padStart(8, '0');

const drawSpan = (draw: Draw, { kinds, from, length }: SpanShape): DrawnSpan => ({
  id: hex(draw) + hex(draw),
  ...{ from, to: from + length },
  kind: kinds[draw(kinds.length)] ?? 'internal',
});

/** One in eight has none, and a quarter of the rest end about when their parent does. */
function drawLength(draw: Draw, parent: DrawnSpan, from: number): number {
  switch (draw(8)) {
    case 0:
      return 0;
    case 1:
    case 2:
      return Math.max(0, parent.to + draw(6) - 2 - from);
    default:
      return 1 + draw(Math.max(2, parent.to - parent.from));
  }
}

function drawStart(draw: Draw, parent: DrawnSpan, spans: readonly DrawnSpan[]): number {
  switch (draw(5)) {
    case 0:
      return spans[draw(spans.length)]?.to ?? parent.from;
    case 1:
      return parent.from + draw(5) - 2;
    default:
      return parent.from + draw(Math.max(1, parent.to - parent.from));
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
  const children = stage.spans.filter((one) => one.parent === span.id && blocks(span, one, stage.unitNs));
  let t = to;
  while (t > from) {
    const child = lastToEnd(children.filter((one) => one.from < t && Math.min(one.to, to) > from));
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
