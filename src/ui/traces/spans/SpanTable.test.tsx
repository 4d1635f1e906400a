import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { asWideAs, showView, trace, type ShownView } from '../traceView.fixture.tsx';
import type { TraceViewProps } from '../traceView.ts';
import { SpanTable } from './SpanTable.tsx';
import { DEFAULT_TABLE } from './spanTableView.ts';

function Kept(props: TraceViewProps) {
  const [view, setView] = useState(DEFAULT_TABLE);
  return <SpanTable {...props} view={view} onView={(change) => setView((before) => ({ ...before, ...change }))} />;
}

const grid = () => screen.getByRole('grid', { name: 'Spans' });
const rows = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
const filter = () => screen.getByRole('textbox', { name: 'Filter spans' });

/** By keyboard: without layout the list draws no options. */
async function groupBy(user: ShownView['user'], text: string): Promise<void> {
  await user.click(screen.getByRole('combobox', { name: 'Group by' }));
  await user.keyboard(`${text}{ArrowDown}{Enter}`);
}

beforeAll(() => {
  // Browsers give the clipboard to pages that came over https or from this machine.
  Object.defineProperty(window, 'isSecureContext', { value: true });
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('lists each span with its times and status, the longest first', () => {
  showView(Kept);
  expect(screen.getByRole('status')).toHaveTextContent('5 spans.');
  expect(rows()).toEqual([
    'shopPOST /checkout0100 ms5 ms10 msError',
    'shopPOST /pay20 ms70 ms10 ms10 msError',
    'mailsend mail95 ms65 ms65 ms0Unset',
    'paymentsPOST /pay25 ms60 ms60 ms60 msError',
    'shopprice order020 ms20 ms20 msUnset',
  ]);
});

it('sorts by any column', async () => {
  const { user } = showView(Kept);
  await user.click(screen.getByRole('button', { name: 'Critical' }));
  expect(rows()[0]).toContain('payments');
  await user.click(screen.getByRole('button', { name: 'Service' }));
  expect(rows()[0]).toContain('mail');
  await user.click(screen.getByRole('button', { name: 'Service' }));
  expect(rows()[0]).toContain('shop');
});

it('filters by words and attributes, and says how many are left', async () => {
  const { user } = showView(Kept);
  await user.type(filter(), 'card.brand=visa');
  expect(await screen.findByText('1 of 5 spans.')).toBeInTheDocument();
  expect(rows()).toHaveLength(1);
});

it('says that nothing fits, and takes the filter away', async () => {
  const { user } = showView(Kept);
  await user.type(filter(), 'nothing');
  expect(await screen.findByText('No span matches the filter')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear filter' }));
  expect(await screen.findByText('5 spans.')).toBeInTheDocument();
});

it('selects a span by click or key, and marks the one that is selected', async () => {
  const { user, selected } = showView(Kept);
  await user.click(screen.getByText('price order'));
  expect(selected).toEqual(['price order']);
  const marked = within(grid()).getAllByRole('row', { selected: true });
  expect(marked.map((row) => row.textContent)).toEqual([expect.stringContaining('price order')]);
  grid().focus();
  await user.keyboard('{Home}{Enter}');
  expect(selected).toEqual(['price order', 'POST /checkout']);
});

it('groups by service or by an attribute, and closes a group', async () => {
  const { user } = showView(Kept);
  await groupBy(user, 'Service');
  expect(rows()[0]).toBe('mail1 span, self 65 ms, critical 0');
  expect(rows()).toHaveLength(8);
  await user.click(screen.getByText('3 spans, 2 failed, self 35 ms, critical 40 ms'));
  expect(rows()).toHaveLength(5);
  expect(rows()[4]).toBe('shop3 spans, 2 failed, self 35 ms, critical 40 msclosed');
  await groupBy(user, 'card.brand');
  expect(rows()[0]).toContain('card.brand=visa');
  expect(rows()[2]).toContain('Without card.brand');
});

it('copies what is shown as CSV, in the same order', async () => {
  const { user } = showView(Kept);
  const copied = jest.spyOn(navigator.clipboard, 'writeText');
  await user.type(filter(), 'POST');
  await screen.findByText('3 of 5 spans.');
  await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
  const lines = String(copied.mock.calls[0]?.[0]).trimEnd().split('\r\n');
  expect(lines.map((line) => line.split(',').slice(3, 5).join(' '))).toEqual([
    'service operation',
    'shop POST /checkout',
    'shop POST /pay',
    'payments POST /pay',
  ]);
});

it('names service and operation on a card', () => {
  asWideAs(380);
  showView(Kept);
  expect(rows()[0]).toBe('shop POST /checkoutStart0Duration100 msSelf5 msCritical10 msStatusError');
});

it('shows names as they are, whatever is in them', () => {
  showView(Kept, trace([{ id: 'a', name: '<img src=x onerror=alert(1)>', service: '<b>', from: 0, to: 1 }]));
  expect(rows()[0]).toContain('<b><img src=x onerror=alert(1)>');
  expect(grid().querySelector('img')).toBeNull();
});
