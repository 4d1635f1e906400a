import { createTheme, ThemeContext } from '@grafana/data';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { asWideAs } from '../traceView.fixture.tsx';
import { nextOrder, type GridColumn, type GridOrder } from './gridColumn.ts';
import { VirtualGrid, type VirtualGridProps } from './VirtualGrid.tsx';

const COLUMNS: ReadonlyArray<GridColumn<number>> = [
  { id: 'name', header: 'Name', width: '1fr', sortable: true, onCard: 'title', cell: (row) => `row ${row}` },
  { id: 'size', header: 'Size', width: '10ch', align: 'right', sortable: true, cell: (row) => `${row * 2} B` },
  { id: 'note', header: 'Note', width: '10ch', onCard: 'hidden', cell: () => 'a note' },
];
const MANY = Array.from({ length: 100_000 }, (_, row) => row);

const opened: number[] = [];

function Shown({ rows = MANY, ...rest }: Partial<VirtualGridProps<number>>) {
  const [order, setOrder] = useState<GridOrder>({ by: 'name', descending: false });
  return (
    <ThemeContext.Provider value={createTheme()}>
      <VirtualGrid
        label="Rows"
        columns={COLUMNS}
        rows={order.descending ? [...Array.from(rows)].reverse() : rows}
        order={order}
        onOrder={setOrder}
        onOpen={(row) => opened.push(row)}
        {...rest}
      />
    </ThemeContext.Provider>
  );
}

function show(props: Partial<VirtualGridProps<number>> = {}) {
  opened.length = 0;
  const { rerender } = render(<Shown {...props} />);
  return {
    user: userEvent.setup(),
    showAgain: (next: Partial<VirtualGridProps<number>>) => rerender(<Shown {...next} />),
  };
}
const grid = () => screen.getByRole('grid', { name: 'Rows' });
const firstRow = () => within(grid()).getAllByRole('row')[1];
const currentRow = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');

afterEach(() => {
  jest.restoreAllMocks();
});

it('draws the rows in sight, and says how many there are', () => {
  show();
  expect(grid()).toHaveAttribute('aria-rowcount', '100001');
  expect(within(grid()).getAllByRole('row').length).toBeLessThan(60);
  expect(firstRow()).toHaveTextContent('row 00 Ba note');
});

it('draws others as it scrolls', () => {
  show();
  const element = grid();
  element.scrollTop = 32_000;
  fireEvent.scroll(element);
  expect(screen.getByText('row 1000')).toBeInTheDocument();
  expect(screen.queryByText('row 0')).not.toBeInTheDocument();
});

it('is walked by keys, and opens what they are on', async () => {
  const { user } = show();
  await user.tab();
  expect(grid()).toHaveFocus();
  await user.keyboard('jj{ArrowDown}k{Enter}');
  expect(currentRow()).toHaveTextContent('row 2');
  await user.keyboard('{End} ');
  expect(currentRow()).toHaveTextContent('row 99999');
  await user.keyboard('{Home}{PageDown}{Control>}j{/Control}{Enter}');
  expect(opened.slice(0, 2)).toEqual([2, 99_999]);
  expect(opened[2]).toBeGreaterThan(10);
});

it('opens a row by a click', async () => {
  const { user } = show();
  await user.click(screen.getByText('6 B'));
  expect(opened).toEqual([3]);
  expect(currentRow()).toHaveTextContent('row 3');
});

it('sorts by its headings, and says how', async () => {
  const { user } = show({ rows: [1, 2, 3] });
  expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  expect(screen.getByRole('columnheader', { name: 'Note' })).not.toHaveAttribute('aria-sort');
  await user.click(screen.getByRole('button', { name: 'Name' }));
  expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  expect(firstRow()).toHaveTextContent('row 3');
});

it('begins with the largest figure, and with A', () => {
  const [name = { id: '' }, size = { id: '' }] = COLUMNS;
  expect(nextOrder({ by: 'name', descending: false }, name)).toEqual({ by: 'name', descending: true });
  expect(nextOrder({ by: 'name', descending: false }, size)).toEqual({ by: 'size', descending: true });
  expect(nextOrder({ by: 'size', descending: true }, name)).toEqual({ by: 'name', descending: false });
});

it('brings into sight what is shown from outside, and takes the keyboard along', async () => {
  const { user, showAgain } = show();
  showAgain({ shownIndex: 5000 });
  expect(currentRow()).toHaveTextContent('row 5000');
  grid().focus();
  await user.keyboard('j');
  expect(currentRow()).toHaveTextContent('row 5001');
  showAgain({ shownIndex: 7 });
  expect(currentRow()).toHaveTextContent('row 7');
});

it('keeps its place within fewer rows', () => {
  const { showAgain } = show({ shownIndex: 90_000 });
  showAgain({ rows: [1, 2] });
  expect(within(grid()).getAllByRole('row')).toHaveLength(3);
  expect(currentRow()).toHaveTextContent('row');
});

it('puts headings over rows, across all columns', () => {
  show({ rows: [0, 1, 2], headingOf: (row) => (row === 0 ? 'The first' : undefined) });
  expect(screen.getByRole('gridcell', { name: 'The first' })).toHaveAttribute('aria-colspan', '3');
});

it('is cards where it is narrow: title, lines with labels, and an order to choose', async () => {
  asWideAs(380);
  const { user } = show({ rows: [1, 2, 3] });
  expect(firstRow()).toHaveTextContent(/^row 1Size2 B$/);
  expect(screen.getByRole('combobox', { name: 'Sort by' })).toHaveValue('Name');
  await user.click(screen.getByRole('button', { name: 'Smallest first' }));
  expect(firstRow()).toHaveTextContent('row 3');
});
