import { changeLines, describeNode, edgeTone, figuresLines, figuresText, nodeLook } from './mapLook.ts';
import type { ShownEdge, ShownFigures, ShownNode } from './shownMap.ts';

const figures = (rest: Partial<ShownFigures> = {}): ShownFigures => ({
  calls: 900,
  failed: 0,
  rate: 1.234,
  errorRatio: 0,
  p95: 0.0567,
  ...rest,
});
const edge = (
  kinds: ReadonlyArray<ShownEdge['changes'][number]['kind']>,
  rest: Partial<ShownFigures> = {}
): ShownEdge => ({
  ...{ id: 'a → b', from: 'a', to: 'b', kind: 'call', figures: figures(rest), before: null },
  changes: kinds.map((kind) => ({ kind, p: 0.01 })),
});
const node = (rest: Partial<ShownNode> = {}): ShownNode => ({
  ...{ id: 'a', kind: 'service', name: 'a', namespace: '', received: figures(), gone: false, changes: [] },
  health: { state: 'healthy', why: null },
  alerts: { info: 0, warning: 0, error: 0, critical: 0 },
  ...rest,
});

it('writes figures in two digits, and calls of a sample as calls', () => {
  expect(figuresText(figures())).toBe('1.2/s · 0 % · 57 ms');
  expect(figuresLines(figures({ errorRatio: 0.0412, p95: null }))).toEqual(['1.2/s', '4.1 %']);
  expect(figuresText(figures({ rate: null, errorRatio: null, p95: null }))).toBe('900 calls');
});

it('tells each change by the figure that shows it', () => {
  expect(changeLines(edge(['more_errors', 'slower'], { errorRatio: 0.1 }))).toEqual([
    'more errors',
    '10 %',
    'slower',
    '57 ms',
  ]);
  expect(changeLines(edge(['gone']))).toEqual(['gone']);
  expect(changeLines(edge(['new'], { rate: null }))).toEqual(['new', '900 calls']);
});

it.each([
  [edge([]), 'quiet'],
  [edge(['new']), 'info'],
  [edge(['slower']), 'warning'],
  [edge([], { errorRatio: 0.01 }), 'warning'],
  [edge([], { errorRatio: 0.05 }), 'error'],
  [edge(['new', 'more_errors']), 'error'],
])('colours a line by errors and changes (%#)', (line, tone) => {
  expect(edgeTone(line)).toBe(tone);
});

it('says the state of a node in a word, also where nothing is known of it', () => {
  const words = [
    ...[
      node(),
      node({ gone: true }),
      node({ kind: 'user' }),
      node({ health: { state: 'unknown', why: 'No samples for 3 m' } }),
    ],
    node({ received: null, health: { state: 'unknown', why: null } }),
  ].map((one) => nodeLook(one).word);
  expect(words).toEqual(['Healthy', 'Gone', 'Users', 'Unknown', 'No figures']);
  expect(describeNode(node({ kind: 'database', received: null }))).toBe('a, Healthy, database');
});
