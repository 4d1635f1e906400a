import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AttributeDifference, SelectionExplained } from '../../../core/traces/compare/attributeDifference.ts';
import { describeLeftOut, valueWords } from './differenceWords.ts';
import type { UsedSet } from '../UsedTraces.tsx';
import { WhatIsDifferent, type ExplainedSets } from './WhatIsDifferent.tsx';

const difference = (value: string, besides: Partial<AttributeDifference> = {}): AttributeDifference => ({
  ...{ scope: 'span', key: 'region', value, range: null, selection: 18, rest: 6, difference: 0.8, example: '1' },
  test: { p: 0.00001, corrected: 0.0004, isSignificant: true },
  ...besides,
});
const explained = (besides: Partial<SelectionExplained> = {}): SelectionExplained => ({
  ...{ selection: 20, rest: 60, items: [difference('eu')], leftOut: [], isSmall: false, tests: 40 },
  ...besides,
});
const used = (traces: number, besides: Partial<UsedSet> = {}): { used: UsedSet } => ({
  used: { traces, spans: traces * 10, more: false, cut: 0, failed: 0, problem: null, notKept: null, ...besides },
});
const found = (besides: Partial<SelectionExplained> = {}): ExplainedSets => ({
  ...{ selection: used(20), rest: used(60), explained: explained(besides), itemsLeftOut: 0 },
});

it('says what sets the selection apart, with counts and two bars each', () => {
  render(<WhatIsDifferent found={found()} />);
  expect(
    screen.getByText('region eu is in 18 of 20 of the selection, and in 6 of 60 of the rest.')
  ).toBeInTheDocument();
  const [row] = within(screen.getByRole('list', { name: 'Differences' })).getAllByRole('listitem');
  expect(row).toHaveTextContent('region euselection: 90 % (18 of 20)rest: 10 % (6 of 60)p < 0.001');
});

it('hands over the value that is picked, and is no button where nothing can be done with it', async () => {
  const onPick = jest.fn();
  const { rerender } = render(<WhatIsDifferent found={found()} onPick={onPick} />);
  await userEvent.click(screen.getByRole('button', { name: 'eu' }));
  expect(onPick).toHaveBeenCalledWith(difference('eu'));
  rerender(<WhatIsDifferent found={found()} />);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('shows a dozen at first, and all on demand', async () => {
  const items = Array.from({ length: 30 }, (_, n) => difference(`v${n}`));
  render(<WhatIsDifferent found={found({ items })} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(12);
  await userEvent.click(screen.getByRole('button', { name: 'Show all 30 values' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(30);
});

it.each<[Partial<SelectionExplained>, RegExp]>([
  [{ selection: 0, items: [] }, /^There is no trace in the selection, so there is nothing to compare\.$/],
  [{ rest: 0, items: [] }, /^There is no trace in the rest/],
  [{ items: [] }, /^All attributes are the same in both \(20 and 60 traces\)\.$/],
  [{ selection: 3, isSmall: true, items: [difference('eu', { test: null })] }, /^Too few traces .*\(3 and 60\)/],
  [
    { items: [difference('eu', { test: { p: 0.2, corrected: 0.6, isSignificant: false } })] },
    /^No attribute is clearly different \(20 and 60 traces, 40 values tested\)/,
  ],
  [{ items: [difference('eu'), difference('x')] }, /; 2 values are clearly different\.$/],
])('says so where there is less to say: %#', (besides, words) => {
  render(<WhatIsDifferent found={found(besides)} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});

it('lists what was left out', () => {
  const leftOut = Array.from({ length: 8 }, (_, n) => ({ scope: 'span' as const, key: `id${n}`, values: 40 + n }));
  expect(describeLeftOut(leftOut)).toBe(
    'Left out, because almost every value is unique: id0 (40 values), id1 (41 values), id2 (42 values), id3 (43 values), id4 (44 values), id5 (45 values) and 2 more.'
  );
});

it.each([
  ['eu', null, 'eu'],
  ['', null, '(empty)'],
  [false, null, 'false'],
  [null, { from: null, to: 5 }, 'below 5'],
  [null, { from: 5, to: 9 }, '5 to below 9'],
  [null, { from: 9, to: null }, '9 or more'],
])('writes %j %j as %s', (value, range, words) => {
  expect(valueWords({ value, range })).toBe(words);
});

it('says of which traces it is, which of them are cut short, and how much is not listed', () => {
  const cut = { cut: 1, more: true, problem: '1 of 60 traces is cut short by Tempo: figures of it are too small.' };
  render(<WhatIsDifferent found={{ ...found(), rest: used(60, cut), itemsLeftOut: 3 }} />);
  expect(screen.getByText('Selection: From 20 complete traces with 200 spans.')).toBeInTheDocument();
  expect(
    screen.getByText(
      'Rest: From 60 traces with 600 spans, not all of them complete. There are more; these are the ones that the search returned first. 1 of 60 traces is cut short by Tempo: figures of it are too small.'
    )
  ).toBeInTheDocument();
  expect(screen.getByText('3 values with the least difference are not listed.')).toBeInTheDocument();
});
