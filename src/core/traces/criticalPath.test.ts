import { asyncReason } from './blocking.ts';
import { criticalPath } from './criticalPath.ts';
import { drawTrace, spanAt, type DrawnSpan } from './drawTrace.fixture.ts';
import { operationOf } from './spanFields.ts';
import type { Trace } from './trace.ts';

/** Sections as one reads them aloud: `p 0–10`. */
const pathOf = (trace: Trace): string[] =>
  criticalPath(trace).sections.map(({ span, startNs, endNs }) => `${operationOf(trace, span)} ${startNs}–${endNs}`);

const pathIn = (...spans: readonly DrawnSpan[]): string[] => pathOf(drawTrace(spans));
const parent: DrawnSpan = { id: 'p', from: 0, to: 100 };
const child = (id: string, times: string, more: Partial<DrawnSpan> = {}): DrawnSpan => {
  const [from = 0, to = 0] = times.split('–').map(Number);
  return { ...{ id, from, to }, parent: 'p', ...more };
};

describe('criticalPath', () => {
  // Jaeger UI 2.20 says P 0–50, B 50–90, P 90–100 of both: A is gone, and its time is the parent's.
  it('keeps a child that ended where the next one began', () => {
    expect(pathIn(parent, child('a', '10–50'), child('b', '50–90'))).toEqual([
      'p 0–10',
      'a 10–50',
      'b 50–90',
      'p 90–100',
    ]);
  });

  it('keeps a child that overlaps the next one, up to where that began', () => {
    expect(pathIn(parent, child('a', '10–60'), child('b', '50–90'))).toEqual([
      'p 0–10',
      'a 10–50',
      'b 50–90',
      'p 90–100',
    ]);
  });

  it('leaves a child out that another one surrounds', () => {
    expect(pathIn(parent, child('a', '20–30'), child('b', '10–90'))).toEqual(['p 0–10', 'b 10–90', 'p 90–100']);
  });

  it('takes of children that end together the one that began first, then the smaller id', () => {
    expect(pathIn(parent, child('a', '20–90'), child('b', '10–90'))).toEqual(['p 0–10', 'b 10–90', 'p 90–100']);
    expect(pathIn(parent, child('b', '10–90'), child('a', '10–90'))).toEqual(['p 0–10', 'a 10–90', 'p 90–100']);
  });

  it('goes down into grandchildren, each clipped to what surrounds it', () => {
    const server = child('a', '-5–100', { kind: 'server' });
    const spans = [{ ...parent, kind: 'client' as const }, server, child('g', '-3–40', { parent: 'a' })];
    // Times are after the earliest span, which is the child here.
    expect(pathIn(...spans)).toEqual(['g 5–45', 'a 45–105']);
  });

  it('joins the sections of a span that only a child of no length parts', () => {
    expect(pathIn(parent, child('z', '50–50'), child('a', '60–90'))).toEqual(['p 0–60', 'a 60–90', 'p 90–100']);
  });

  it('has no sections where the root has no length, nor where there is no span', () => {
    expect(pathIn({ id: 'p', from: 5, to: 5 }, child('a', '5–5'))).toEqual([]);
    expect(criticalPath(drawTrace([]))).toEqual({ root: -1, sections: [] });
  });

  it('is that of the earliest root, of those the longest', () => {
    const roots = [
      { id: 'x', from: 1, to: 900 },
      { id: 'y', from: 0, to: 10 },
      { id: 'z', from: 0, to: 20 },
    ];
    expect(pathIn(...roots)).toEqual(['z 0–20']);
  });

  it('treats a span whose parent is missing as a root of its own', () => {
    const trace = drawTrace([child('lost', '5–50', { parent: 'gone' }), parent]);
    expect(pathOf(trace)).toEqual(['p 0–100']);
    expect(trace.notices.map(({ code }) => code)).toContain('missing_parent');
  });
});

describe('asyncReason', () => {
  const reasonOf = (above: Partial<DrawnSpan>, below: Partial<DrawnSpan>): string | null => {
    const trace = drawTrace([{ ...parent, to: 1_000_000, ...above }, child('a', '0–1000000', below)]);
    return asyncReason(trace, spanAt(trace, 'a'));
  };

  it.each([
    { name: 'a consumer below a producer', above: { kind: 'producer' }, below: { kind: 'consumer' }, reason: 'queued' },
    { name: 'what a link ties', above: {}, below: { tiedByLink: true }, reason: 'linked' },
    {
      name: 'a producer below a consumer, which waits',
      above: { kind: 'consumer' },
      below: { kind: 'producer' },
      reason: null,
    },
    { name: 'an end 1 % of the child later', above: {}, below: { to: 1_010_101 }, reason: null },
    { name: 'an end more than 1 % of the child later', above: {}, below: { to: 1_010_102 }, reason: 'outlives' },
    { name: 'an end 2 µs later of a short child', above: {}, below: { from: 1_001_000, to: 1_002_000 }, reason: null },
    {
      name: 'an end more than 2 µs later of a short child',
      above: {},
      below: { from: 1_001_000, to: 1_002_001 },
      reason: 'outlives',
    },
    {
      name: 'a server far later than its client',
      above: { kind: 'client' },
      below: { kind: 'server', to: 9_000_000 },
      reason: null,
    },
    {
      name: 'a client far later than its server',
      above: { kind: 'server' },
      below: { kind: 'client', to: 9_000_000 },
      reason: 'outlives',
    },
    {
      name: 'kinds that nobody says',
      above: { kind: 'unspecified' },
      below: { kind: 'unspecified', to: 9_000_000 },
      reason: null,
    },
    {
      name: 'a kind that only one says',
      above: { kind: 'unspecified' },
      below: { kind: 'internal', to: 9_000_000 },
      reason: 'outlives',
    },
  ] as const)('$name', ({ above, below, reason }) => {
    expect(reasonOf(above, below)).toBe(reason);
  });

  it('takes a subtree off the path with its top', () => {
    const spans = [parent, child('late', '10–100000'), child('g', '20–90', { parent: 'late' })];
    expect(pathIn(...spans)).toEqual(['p 0–100']);
  });

  it('compares with the recorded end of the parent, not with the clipped one', () => {
    const spans: DrawnSpan[] = [
      { id: 'p', from: 0, to: 10_000, kind: 'client' },
      { id: 's', parent: 'p', from: 1000, to: 50_000, kind: 'server' },
      { id: 'g', parent: 's', from: 2000, to: 40_000 },
    ];
    expect(pathIn(...spans)).toEqual(['p 0–1000', 's 1000–2000', 'g 2000–10000']);
  });
});

describe('criticalPath of large traces', () => {
  const SIZE = 100_000;

  it('goes down a chain of 100,000', () => {
    const chain = Array.from({ length: SIZE }, (_, i) => ({
      ...{ id: `s${i}`, from: i, to: 2 * SIZE - i },
      ...(i === 0 ? {} : { parent: `s${i - 1}` }),
    }));
    const { sections } = criticalPath(drawTrace(chain));
    expect(sections).toHaveLength(2 * SIZE - 1);
    expect(sections.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0)).toBe(2 * SIZE);
  });

  it('goes along 100,000 children of one parent', () => {
    const children = Array.from({ length: SIZE }, (_, i) => child(`c${i}`, `${2 * i + 1}–${2 * i + 2}`));
    const { sections } = criticalPath(drawTrace([{ ...parent, to: 2 * SIZE + 1 }, ...children]));
    expect(sections).toHaveLength(2 * SIZE + 1);
    expect(sections.map(({ startNs }) => startNs)).toEqual(Array.from({ length: 2 * SIZE + 1 }, (_, i) => i));
  });
});
