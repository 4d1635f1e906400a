import { createTheme, ThemeContext } from '@grafana/data';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { criticalPath } from '../../../core/traces/criticalPath.ts';
import { EPOCH_NS, traceOf, type GivenSpan } from '../../../core/traces/testTrace.fixture.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { Waterfall } from './Waterfall.tsx';
import { DEFAULT_VIEW, type WaterfallView } from './waterfallView.ts';

const MS = 1_000_000;

const SHOP = traceOf([
  { id: '1', service: 'checkout', name: 'POST /pay', kind: 'server', from: 0, to: 100 * MS },
  { id: '2', parent: '1', service: 'checkout', name: 'validate', from: 5 * MS, to: 20 * MS },
  {
    ...{ id: '3', parent: '1', service: 'payments', name: 'charge', kind: 'client', from: 30 * MS, to: 60 * MS },
    status: 'error',
    statusMessage: 'card declined',
    attributes: [['http.status_code', 402]],
    events: [{ name: 'exception', at: EPOCH_NS + 50_000_000n, attributes: [] }],
  },
  { id: '4', parent: '3', service: 'payments', name: 'sql', from: 35 * MS, to: 50 * MS },
  { id: '5', parent: '1', service: 'payments', name: 'charge', kind: 'client', from: 70 * MS, to: 90 * MS },
  { id: '6', parent: '1', service: 'mail', name: 'send', kind: 'internal', from: 80 * MS, to: 300 * MS },
  { id: '7', parent: 'f', service: 'mail', name: 'receipt', from: 310 * MS, to: 320 * MS },
]);

interface Shown {
  readonly trace?: Trace;
  readonly view?: Partial<WaterfallView>;
  readonly selected?: number | null;
}

function Kept({ trace = SHOP, view: given = {}, selected: first = null }: Shown) {
  const [view, setView] = useState<WaterfallView>({ ...DEFAULT_VIEW, ...given });
  const [selected, setSelected] = useState<number | null>(first);
  return (
    <>
      <Waterfall
        trace={trace}
        path={criticalPath(trace)}
        selected={selected}
        onSelect={setSelected}
        view={view}
        onView={(change) => setView((before) => ({ ...before, ...change }))}
        hasPageKeys
      />
      <output aria-label="Selected">{selected ?? 'none'}</output>
    </>
  );
}

function start(shown: Shown = {}) {
  render(
    <ThemeContext.Provider value={createTheme()}>
      <Kept {...shown} />
    </ThemeContext.Provider>
  );
  return userEvent.setup();
}

const grid = () => screen.getByRole('treegrid', { name: 'Spans' });
const rows = (): string[] =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('gridcell')[0]?.textContent ?? '');
const current = () =>
  within(grid())
    .getAllByRole('row')
    .find((row) => row.tabIndex === 0);
const selected = () => screen.getByLabelText('Selected').textContent;

describe('Waterfall', () => {
  it('shows each span with its level, its marks and its duration', () => {
    start();
    expect(rows()).toEqual([
      'checkoutPOST /pay',
      'checkoutvalidate',
      'paymentschargeerror',
      'paymentssql',
      'paymentscharge',
      'mailsendasync',
      'mailreceiptparent missing',
    ]);
    const charge = within(grid()).getAllByRole('row')[3];
    expect(charge).toHaveAttribute('aria-level', '2');
    expect(charge).toHaveAttribute('aria-expanded', 'true');
    expect(charge).toHaveTextContent('30 ms, 15 ms on the critical path');
    expect(screen.getByTitle('exception at 50 ms')).toBeInTheDocument();
    expect(screen.getByTitle('Not on the critical path: it continues after its parent has ended.')).toBeInTheDocument();
    expect(screen.getByTitle('Its parent 000000000000000f is not in the trace.')).toBeInTheDocument();
  });

  it('is walked, folded and opened by keyboard, with one row in the tab order', async () => {
    const user = start();
    await user.keyboard('jjj');
    expect(current()).toHaveTextContent('charge');
    expect(current()).toHaveFocus();
    await user.keyboard('{ArrowLeft}');
    expect(current()).toHaveAttribute('aria-expanded', 'false');
    expect(rows()).not.toContain('paymentssql');
    await user.keyboard('{ArrowLeft}');
    expect(current()).toHaveTextContent('POST /pay');
    await user.keyboard('{End}');
    expect(current()).toHaveTextContent('receipt');
    await user.keyboard('{Home}{ArrowRight}k');
    expect(current()).toHaveTextContent('POST /pay');
    await user.keyboard('{Enter}');
    expect(selected()).toBe('0');
    await user.keyboard('j');
    expect(selected()).toBe('1');
    await user.keyboard('{Escape}');
    expect(selected()).toBe('none');
    expect(
      within(grid())
        .getAllByRole('row')
        .filter(({ tabIndex }) => tabIndex === 0)
    ).toHaveLength(1);
  });

  it('says what is folded away below a span', async () => {
    const user = start();
    await user.keyboard('j{ArrowLeft}');
    expect(rows()[0]).toBe('checkoutPOST /pay1 failed below');
  });

  it('goes to the next error, and unfolds what hides it', async () => {
    const user = start({ view: { mode: 'depth', depth: 1 } });
    expect(rows()).toHaveLength(2);
    await user.keyboard('e');
    expect(selected()).toBe('2');
    await waitFor(() => expect(rows()).toContain('paymentschargeerror'));
  });

  it('folds similar siblings into one row with count, total and range', async () => {
    const user = start({ view: { mode: 'similar' } });
    expect(rows()).toContain('×2 similarpaymentscharge1 failed');
    expect(screen.getByText('50 ms in all, 20 ms to 30 ms each')).toBeInTheDocument();
    await user.click(screen.getByText('×2 similar'));
    expect(rows().filter((text) => text.startsWith('paymentscharge'))).toHaveLength(2);
  });

  it('finds, counts and steps through matches', async () => {
    const user = start();
    await user.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Filter spans' })).toHaveFocus();
    await user.keyboard('service:payments');
    expect(await screen.findByText('3 spans match')).toBeInTheDocument();
    await user.keyboard('{Enter}');
    expect(selected()).toBe('2');
    expect(screen.getByText('1 of 3')).toBeInTheDocument();
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(selected()).toBe('4');
    await user.click(screen.getByRole('checkbox', { name: 'Only matches' }));
    expect(rows()).toEqual(['checkoutPOST /pay', 'paymentschargeerror', 'paymentssql', 'paymentscharge']);
  });

  it('says what it cannot read in a filter', async () => {
    start({ view: { filter: 'duration>soon' } });
    expect(screen.getByRole('alert')).toHaveTextContent('expected a duration such as 100ms, 1.5s or 20us.');
  });

  it('takes the marks of the critical path away and back', async () => {
    const user = start();
    expect(screen.getAllByText(/on the critical path/).length).toBeGreaterThan(0);
    await user.keyboard('c');
    expect(screen.queryByText(/on the critical path/)).not.toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: 'Critical path' })).not.toBeChecked();
  });

  it('looks closer by keyboard, and back at the whole', async () => {
    const user = start();
    const from = screen.getByRole('slider', { name: 'Start of the time shown' });
    await user.keyboard('+');
    expect(from).toHaveAttribute('aria-valuetext', '53.3 ms');
    await user.click(screen.getByRole('button', { name: 'Whole time' }));
    expect(from).toHaveAttribute('aria-valuenow', '0');
    from.focus();
    await user.keyboard('{ArrowRight}');
    expect(from).toHaveAttribute('aria-valuetext', '6.4 ms');
  });

  it('shows the time of a span by keyboard, or by a double click', async () => {
    const user = start();
    const ends = () =>
      ['Start', 'End'].map((end) =>
        screen.getByRole('slider', { name: `${end} of the time shown` }).getAttribute('aria-valuetext')
      );
    await user.dblClick(screen.getByText('validate'));
    expect(ends()).toEqual(['3.5 ms', '21.5 ms']);
    await user.keyboard('0');
    await user.keyboard('jz');
    expect(ends()).toEqual(['27 ms', '63 ms']);
  });

  it('gives the names as much room as one likes', async () => {
    const user = start();
    const divider = screen.getByRole('separator', { name: 'Width of the names' });
    expect(divider).toHaveAttribute('aria-valuenow', '180');
    divider.focus();
    // jsdom lays nothing out: there is no room to be given.
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(divider).toHaveAttribute('aria-valuenow', '120');
    await user.dblClick(divider);
    expect(divider).toHaveAttribute('aria-valuenow', '180');
  });

  it('draws few of many rows, and the one that the keyboard is on', async () => {
    const many = traceOf([
      { id: '1', from: 0, to: 5000 },
      ...Array.from({ length: 3000 }, (_, i): GivenSpan => ({
        id: (i + 2).toString(16),
        parent: '1',
        name: `step ${i}`,
        from: i,
        to: i + 1,
      })),
    ]);
    const user = start({ trace: many });
    expect(grid()).toHaveAttribute('aria-rowcount', '3002');
    expect(rows().length).toBeLessThan(60);
    await user.keyboard('{End}');
    await waitFor(() => expect(current()).toHaveTextContent('step 2999'));
    expect(current()).toHaveFocus();
    expect(rows().length).toBeLessThan(60);
  });

  it('opens at a span that a link names', async () => {
    start({ selected: 3, view: { mode: 'service' } });
    await waitFor(() => expect(current()).toHaveTextContent('sql'));
    expect(current()).toHaveAttribute('aria-selected', 'true');
  });

  it('keeps what looks like a tag as text', () => {
    start({ trace: traceOf([{ id: '1', name: '<img src=x onerror=alert(1)>', from: 0, to: 1 }]) });
    expect(rows()).toEqual(['shop<img src=x onerror=alert(1)>']);
    expect(document.querySelector('img')).toBeNull();
  });

  it('tells its keys', async () => {
    const user = start();
    await user.keyboard('?');
    expect(await screen.findByRole('dialog')).toHaveTextContent('Next error');
  });
});
