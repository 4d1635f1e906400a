import { screen, within } from '@testing-library/react';

import { analyzeTraces, listServiceCalls, listTraceErrors } from '../../api/traceAnalysis.ts';
import { epochMs } from '../../core/units.ts';
import { setTheScene, startTraces } from './startTraces.fixture.tsx';

import { errors, NOW, ofSet, world } from './tracesWorld.fixture.ts';

const HOUR = 3_600_000;
const WINDOW = { from: NOW - HOUR, to: NOW };
const idOf = (short: string): string => short.padStart(32, '0');

const answer = () => screen.findByText(/^3 traces/);

setTheScene();

describe('the other tabs', () => {
  it('keep service and window', async () => {
    startTraces(`/traces?service=checkout&from=now-6h`);
    expect(screen.getByRole('tab', { name: 'Errors' })).toHaveAttribute(
      'href',
      '/traces?service=checkout&from=now-6h&tab=errors'
    );
    await answer();
  });

  it('group errors, each a way to its traces and an example', async () => {
    const { engine } = startTraces('/traces?tab=errors&from=now-6h');
    expect(await screen.findByText(/^1 kind of error/)).toHaveTextContent(
      '1 kind of error; the most frequent is UpstreamError in payments: charge, 4 times in 3 traces.'
    );
    const row = within(screen.getByRole('table', { name: 'Errors' })).getAllByRole('row')[1];
    expect(row).toHaveTextContent('UpstreamError card <*> was refusedpayments: charge40.066730 m ago1.1.0Open');
    expect(screen.getByRole('link', { name: /card <\*> was refused/ })).toHaveAttribute(
      'href',
      '/traces?service=payments&operation=charge&status=error&from=now-6h'
    );
    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      `/traces/${idOf('c3')}?span=00f067aa0ba902b7`
    );
    expect(screen.getByRole('columnheader', { name: 'First in this window' })).toBeInTheDocument();
    expect(screen.queryByText(/^Rates per minute count from/)).not.toBeInTheDocument();
    expect(engine.calls(listTraceErrors)).toEqual([{ from: NOW - 6 * HOUR, to: NOW, limit: 200 }]);
  });

  it.each([{ more: true }, { failed: 1 }])(
    'say since when rates are, where more failed than was read: %j',
    async (rest) => {
      const used = { ...errors.used, ...rest };
      const engine = world().on(listTraceErrors, () => ({ ...errors, used, ratesSince: epochMs(NOW - HOUR / 4) }));
      startTraces('/traces?tab=errors&from=now-6h', engine);
      expect(await screen.findByText(/^Rates per minute count from \d\d:\d\d/)).toBeInTheDocument();
    }
  );

  it('list the calls of a service, once one is chosen', async () => {
    const { engine, unmount } = startTraces('/traces?tab=calls');
    expect(screen.getByRole('heading', { name: 'Whose calls?' })).toBeInTheDocument();
    expect(engine.calls(listServiceCalls)).toEqual([]);
    unmount();
    const chosen = startTraces('/traces?tab=calls&service=checkout');
    const table = await screen.findByRole('table', { name: 'Calls of checkout' });
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent(
      'SELECT * FROM orders WHERE id = ?orders · Database121 (8.33 %)2 ms9 ms25 %Open'
    );
    expect(chosen.engine.calls(listServiceCalls)).toEqual([{ name: 'checkout', ...WINDOW, limit: 100 }]);
  });

  it('analyse what the search finds, and say of how much', async () => {
    const { engine } = startTraces('/traces?tab=operations&service=checkout');
    expect(await screen.findByText(/^From 3 complete traces with 18 spans\.$/)).toBeInTheDocument();
    expect(engine.calls(analyzeTraces)[0]?.set).toEqual({
      ...{ query: '{ resource.service.name = "checkout" }', ...WINDOW, limit: 100 },
    });
    expect(await screen.findByRole('region', { name: 'Where the time went' })).toHaveTextContent('payments');
  });

  it('say what is missing from the figures, once', async () => {
    const problem = '2 of 5 traces could not be read: Tempo was too slow.';
    const partly = ofSet(3, { more: true, failed: 2, problem });
    const engine = world();
    engine.on(listTraceErrors, () => ({ ...errors, ...partly }));
    startTraces('/traces?tab=errors', engine);
    expect(
      await screen.findByText(/^From 3 complete traces with 18 spans\. There are more; .* returned first\. 2 of 5/)
    ).toHaveTextContent(new RegExp(`${problem}$`));
  });
});
