import { drawTrace } from '../drawTrace.fixture.ts';
import { asyncChildren } from './asyncChildren.ts';

const trace = drawTrace([
  { id: 'root', kind: 'server', from: 0, to: 100 },
  { id: 'send', parent: 'root', kind: 'producer', from: 10, to: 20 },
  { id: 'receive', parent: 'send', kind: 'consumer', from: 15, to: 200 },
  { id: 'later', parent: 'receive', kind: 'internal', from: 20, to: 500 },
  { id: 'waited', parent: 'root', kind: 'internal', from: 20, to: 90 },
  { id: 'log', parent: 'waited', kind: 'internal', from: 30, to: 40, tiedByLink: true },
  { id: 'flush', parent: 'root', kind: 'internal', from: 95, to: 100_000 },
  { id: 'other root', from: 50, to: 60 },
]);

it('lists the topmost span of each branch that was not waited for, with the reason and how much is below', () => {
  expect(
    asyncChildren(trace, 0).map(({ span, reason, below }) => [trace.names[trace.name[span] ?? -1], reason, below])
  ).toEqual([
    ['receive', 'queued', 1],
    ['log', 'linked', 0],
    ['flush', 'outlives', 0],
  ]);
});

it('has none without a root', () => {
  expect(asyncChildren(trace, -1)).toEqual([]);
});
