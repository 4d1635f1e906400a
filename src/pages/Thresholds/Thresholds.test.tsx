import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/apiError.ts';
import {
  createThreshold,
  patchThresholds,
  previewThreshold,
  revertThreshold,
  updateThreshold,
  type ThresholdView,
} from '../../api/thresholds.ts';
import { queryMetrics } from '../../api/system.ts';
import type { Role } from '../../core/identity.ts';
import { durationMs, epochMs, hours } from '../../core/units.ts';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import type { Preview } from './firedWords.ts';
import { NOW, thresholdView } from './threshold.fixture.ts';
import { engineWith } from './thresholdEngine.fixture.ts';
import { Thresholds } from './Thresholds.tsx';

jest.setTimeout(20_000);

const open = (initial: readonly ThresholdView[], { at = '/thresholds', role }: { at?: string; role?: Role } = {}) => {
  const world = engineWith(initial, role);
  const page = renderPage(
    <div className="main-view">
      <Thresholds />
    </div>,
    { engine: world.engine, at }
  );
  return { ...world, ...page, user: userEvent.setup({ delay: null }) };
};

const type = async (user: ReturnType<typeof userEvent.setup>, label: string, text: string) => {
  const input = await screen.findByRole('textbox', { name: new RegExp(`^${label}`) });
  await user.clear(input);
  if (text !== '') {
    await user.click(input);
    await user.paste(text);
  }
};

describe('Thresholds', () => {
  it('answers first, and puts overrides below their default', async () => {
    open([thresholdView(), thresholdView({ id: 'd', service: '*', owner: '', critical: 1, warning: 0.5 })]);
    expect(
      await screen.findByText(
        '2 thresholds; 3 of 5 services have one; checkout p95 latency would have fired 7× in the last 2 h, as far back as there is data.'
      )
    ).toBeInTheDocument();
    const rows = within(screen.getByRole('table', { name: 'Thresholds' }))
      .getAllByRole('row')
      .slice(1);
    expect(rows[0]).toHaveTextContent(/default: p95 latency.*500 ms.*1 s.*default/);
    expect(rows[1]).toHaveTextContent(/checkout.*300 ms.*800 ms.*10 s.*override.*shop.*7× in 2 h.*Enabled/);
  });

  it('keeps the search while a threshold is open', async () => {
    const { user, navigation } = open([thresholdView(), thresholdView({ id: 't2', service: 'cart' })], {
      at: '/thresholds?q=cart',
    });
    await user.click(await screen.findByRole('link', { name: 'cart: p95 latency' }));
    expect(navigation.current().search).toBe('?q=cart&edit=t2');
    expect(screen.queryByRole('link', { name: 'checkout: p95 latency' })).not.toBeInTheDocument();
    await user.click(await screen.findByTestId('data-testid Drawer close'));
    expect(navigation.current().search).toBe('?q=cart');
  });

  it('teaches when there is nothing, and opens a form with an example', async () => {
    const { user, navigation } = open([]);
    await user.click(await screen.findByRole('button', { name: 'Add a first threshold' }));
    expect(navigation.current().search).toBe('?new=1&signal=latency_p95&service=*');
    expect(await screen.findByRole('button', { name: 'Add threshold' })).toBeInTheDocument();
  });

  it('fills in the form with the expression of a dashboard panel, and clears the address when it closes', async () => {
    const from = new URLSearchParams({
      new: '1',
      expr: 'sum(rate(orders_total[5m]))',
      unit: 'per_second',
      reason: 'Shop',
    });
    const { user, navigation } = open([], { at: `/thresholds?${from.toString()}` });
    expect(await screen.findByRole('textbox', { name: /^PromQL expression/ })).toHaveValue(
      'sum(rate(orders_total[5m]))'
    );
    expect(screen.getByRole('combobox', { name: 'Unit' })).toHaveValue('Per second');
    expect(screen.getByRole('textbox', { name: /^Reason for the change/ })).toHaveValue('Shop');
    await user.click(screen.getByRole('button', { name: /close/i }));
    expect(navigation.current().search).toBe('');
  });

  it('makes a threshold from a link of another page, checks it beside the fields, and says what it made', async () => {
    const { user, engine, navigation } = open([], { at: '/thresholds?new=1&service=checkout&signal=latency_p95' });
    expect(await screen.findByText(/now 312 ms/)).toBeInTheDocument();
    await type(user, 'Warning', 'fast');
    await user.tab();
    expect(
      await screen.findByText('“fast” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.')
    ).toBeInTheDocument();
    await type(user, 'Warning', '300 ms');
    await type(user, 'Critical', '200 ms');
    await user.click(screen.getByRole('button', { name: 'Add threshold' }));
    expect(await screen.findByText(/Expected a critical level above the warning level of 300 ms/)).toBeInTheDocument();
    expect(screen.getByLabelText('Critical')).toHaveFocus();
    expect(engine.calls(createThreshold)).toEqual([]);

    await type(user, 'Critical', '0.8');
    await type(user, 'For', '10 s');
    await type(user, 'Owner', 'shop');
    await user.click(screen.getByRole('button', { name: 'Add threshold' }));
    expect(await screen.findByText('checkout p95 latency: warning 300 ms, critical 800 ms')).toBeInTheDocument();
    expect(engine.calls(createThreshold)).toEqual([
      expect.objectContaining({
        service: 'checkout',
        signal: 'latency_p95',
        warning: 0.3,
        critical: 0.8,
        for: durationMs(10_000),
        owner: 'shop',
      }),
    ]);
    expect(navigation.current().search).toBe('');
  });

  it('shows what it would have done while it is typed, and where data is shorter than asked', async () => {
    const { user, engine } = open([thresholdView()], { at: '/thresholds?edit=t1' });
    expect(
      await screen.findByText(/Would have fired: critical 2×, 14 m in all; warning 7×, 41 m\./)
    ).toBeInTheDocument();
    expect(screen.getByText('Data begins 2 h ago: the figures are for that time, not for 6 h.')).toBeInTheDocument();
    await type(user, 'Critical', '1.5 s');
    await waitFor(() => expect(engine.calls(previewThreshold).at(-1)).toMatchObject({ critical: 1.5 }));
    await user.click(screen.getByRole('radio', { name: '24 h' }));
    await waitFor(() => expect(engine.calls(previewThreshold).at(-1)).toMatchObject({ range: hours(24) }));
  });

  it('says before there is a level what of the time is no longer kept', async () => {
    const { engine } = open([], { at: '/thresholds?new=1&service=checkout&signal=latency_p95' });
    const notKept = { source: 'Prometheus', keeps: hours(2), since: epochMs(NOW - hours(2)) };
    const series = [{ labels: {}, times: [NOW], values: [1] }];
    engine.on(queryMetrics, () => ({
      results: [{ id: 'preview', expr: 'x', series, error: null, notKept }],
      step: durationMs(60_000),
    }));
    expect(await screen.findByText(/^Prometheus keeps its data for 2 h: data from before .*\.$/)).toBeInTheDocument();
  });

  it('says that a signal has no past to show, and what it stands at', async () => {
    const why = 'Log age is measured live and not stored: its past cannot be shown.';
    const silence = thresholdView({ signal: 'log_age', warning: null, critical: 60 });
    const { engine } = open([silence], { at: '/thresholds?edit=t1' });
    engine.on(previewThreshold, (): Preview => ({
      ...{ from: NOW, to: NOW, step: durationMs(60_000), dataFrom: null, expr: '', series: [] },
      levels: [{ level: 'critical', severity: 'critical', count: 0, total: durationMs(0) }],
      note: `${why} The log age of checkout is 12 s now.`,
    }));
    expect(await screen.findByText(`${why} The log age of checkout is 12 s now.`)).toBeInTheDocument();
    expect(screen.queryByText(/Would have fired|No data in these/)).not.toBeInTheDocument();
    expect(await screen.findByText('1 threshold; 3 of 5 services have one.')).toBeInTheDocument();
    expect(await screen.findByTitle(/^Log age is measured/)).toHaveTextContent('not known');
  });

  it('says so before there is a level, too', async () => {
    const { engine } = open([], { at: '/thresholds?new=1&service=checkout&signal=span_age' });
    expect(await screen.findByText(/^Span age is measured live and not stored/)).toBeInTheDocument();
    expect(engine.calls(queryMetrics)).toEqual([]);
  });

  it('says what a save changed, and undoes it', async () => {
    const { user, engine } = open([thresholdView({ critical: 1 })], { at: '/thresholds?edit=t1' });
    await type(user, 'Critical', '800 ms');
    await type(user, 'Reason for the change', 'agreed with the shop');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('checkout p95 latency: critical 1 s → 800 ms')).toBeInTheDocument();
    expect(engine.calls(updateThreshold)[0]).toMatchObject({
      version: 3,
      critical: 0.8,
      reason: 'agreed with the shop',
    });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.calls(revertThreshold)).toEqual([{ id: 't1', version: 3, reason: '' }]));
  });

  it('shows the engine’s word on a field beside it until the field is changed', async () => {
    const { user, engine } = open([thresholdView()], { at: '/thresholds?edit=t1' });
    engine.on(updateThreshold, () => {
      throw new ApiError({
        code: 'invalid_input',
        status: 400,
        message: 'owner: is nobody',
        errors: [{ path: 'owner', message: 'is nobody we know' }],
      });
    });
    await type(user, 'Owner', 'shops');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('is nobody we know')).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: /^Owner/ }), '!');
    expect(screen.queryByText('is nobody we know')).not.toBeInTheDocument();
  });

  it('keeps what was typed over a newer version that somebody else saved', async () => {
    const { user, store, engine } = open([thresholdView()], { at: '/thresholds?edit=t1' });
    await type(user, 'Warning', '250 ms');
    store.set('t1', thresholdView({ version: 4, critical: 0.9, updatedBy: 'bob' }));
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await user.click(await screen.findByRole('button', { name: 'Reload and keep my edits' }));
    expect(await screen.findByText(/critical 800 ms → 900 ms/)).toBeInTheDocument();
    expect(screen.getByLabelText('Warning')).toHaveValue('250 ms');
    expect(screen.getByLabelText('Critical')).toHaveValue('900 ms');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('checkout p95 latency: warning 300 ms → 250 ms')).toBeInTheDocument();
    expect(engine.calls(updateThreshold).at(-1)).toMatchObject({ version: 4, warning: 0.25, critical: 0.9 });
  });

  it('asks before it deletes, and brings back what was deleted', async () => {
    const { user, store } = open([thresholdView()], { at: '/thresholds?edit=t1' });
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog', { name: /Delete the threshold on checkout p95 latency/ });
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('checkout p95 latency deleted')).toBeInTheDocument();
    expect(store.has('t1')).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('checkout p95 latency is back as it was')).toBeInTheDocument();
    expect(store.get('t1')).toMatchObject({ critical: 0.8 });
  });

  it('tells each version, and brings one back', async () => {
    const { user, engine } = open([thresholdView()], { at: '/thresholds?edit=t1&tab=history' });
    const versions = within(await screen.findByRole('list', { name: 'Versions, newest first' })).getAllByRole(
      'listitem'
    );
    expect(versions[0]).toHaveTextContent(/Version 3: updated by ada.*current.*“too loud”.*critical1 s → 800 ms/);
    await user.click(screen.getByRole('button', { name: 'Restore version 2' }));
    await waitFor(() => expect(engine.calls(revertThreshold)).toEqual([{ id: 't1', version: 2, reason: '' }]));
  });

  it('disables many together, and undoes it', async () => {
    const { user, engine } = open([thresholdView(), thresholdView({ id: 't2', service: 'cart' })]);
    await user.click(await screen.findByLabelText('Select checkout p95 latency'));
    await user.click(screen.getByLabelText('Select cart p95 latency'));
    await user.click(screen.getByRole('button', { name: 'Disable (2)' }));
    expect(await screen.findByText('2 thresholds disabled')).toBeInTheDocument();
    expect(engine.calls(patchThresholds)[0]?.items).toEqual([
      { id: 't1', version: 3, enabled: false },
      { id: 't2', version: 3, enabled: false },
    ]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('2 thresholds enabled')).toBeInTheDocument();
  });

  it('lets a viewer read without buttons that would be refused', async () => {
    open([thresholdView()], { at: '/thresholds?edit=t1', role: 'viewer' });
    expect(await screen.findByText(/Only an admin can change thresholds/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Save|Delete|Add threshold/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: 'Warning' })).not.toBeInTheDocument();
  });

  it('asks before it drops what was typed', async () => {
    const { user, navigation } = open([thresholdView()], { at: '/thresholds?edit=t1' });
    await type(user, 'Owner', 'me');
    await user.click(screen.getByTestId('data-testid Drawer close'));
    await user.click(await screen.findByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(navigation.current().search).toBe(''));
  });
});
