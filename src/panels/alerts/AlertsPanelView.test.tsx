import { createTheme, LoadingState, ThemeContext, toDataFrame, type PanelData } from '@grafana/data';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { getMe } from '../../api/access.ts';
import { acknowledgeAlert } from '../../api/alerts.ts';
import { ApiError } from '../../api/apiError.ts';
import { getChanges } from '../../api/system.ts';
import type { Role } from '../../core/identity.ts';
import { fakeEngine, testHost, type FakeEngine } from '../../host/fakeEngine.fixture.tsx';
import { alert } from '../../pages/Alerts/alerts.fixture.tsx';
import { AlertsPanelView, type AlertsPanelViewProps } from './AlertsPanelView.tsx';
import { alertFrame, NOW, panelData, requestOf } from './panel.fixture.ts';

const TAKEN = { acknowledgedBy: 'Ada', acknowledgedComment: 'deploy' };
const THREE = [
  {},
  { id: 'b', service: 'cart', summary: 'cart: error ratio above 2 %', severity: 'warning', ...TAKEN },
  { id: 'c', service: 'checkout', summary: 'checkout: queue is full', severity: 'warning', suppressed: 'silence' },
];

type Shown = Partial<AlertsPanelViewProps> & { readonly engine?: FakeEngine };

function show(data: PanelData, { engine, ...rest }: Shown = {}) {
  const hosted = engine && testHost(engine);
  const view = (shown: PanelData) => (
    <ThemeContext.Provider value={createTheme()}>
      <AlertsPanelView
        {...{ width: 900, height: 400, timeZone: 'utc', options: {}, host: hosted?.host, expand, ...rest }}
        data={shown}
      />
    </ThemeContext.Provider>
  );
  const { rerender } = render(view(data));
  return {
    navigation: hosted?.navigation,
    update: (next: PanelData) => rerender(view(next)),
    user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
  };
}

/** A dashboard without variables. */
const expand: AlertsPanelViewProps['expand'] = (words) => words;

const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

const refusing = (status: number) =>
  fakeEngine().on(getMe, () => {
    throw new ApiError({ code: 'forbidden', status, message: 'no' });
  });

/** Lets promises that already can go on do so. */
const settle = () => act(() => jest.advanceTimersByTimeAsync(0));

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('from the frames alone', () => {
  it('draws the list and its sentence', () => {
    show(panelData([alertFrame(...THREE)]));
    expect(screen.getByText('3 open: 1 critical, 2 warning. Oldest unacknowledged: 6 m.')).toBeInTheDocument();
    expect(rows()).toEqual([
      'Criticalcheckout: p95 latency above 800 ms1.21 s6 munacknowledged',
      'Warningcart: error ratio above 2 %1.21 s6 macknowledged by Ada, "deploy"',
      'Warningcheckout: queue is full1.21 s6 msilenced',
    ]);
  });

  it('offers nothing that a public dashboard could not do', () => {
    show(panelData([alertFrame({})]));
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('can be scrolled by keyboard', async () => {
    const { user } = show(panelData([alertFrame({})]));
    await user.tab();
    expect(screen.getByRole('region', { name: 'Alerts' })).toHaveFocus();
  });

  it('follows its options', () => {
    show(panelData([alertFrame(...THREE)]), {
      options: { hideSuppressed: true, groupBy: 'service', showSummary: false, facts: ['owner'], maxRows: 1 },
    });
    expect(screen.queryByText(/open:/)).not.toBeInTheDocument();
    expect(rows()).toEqual(['checkout', 'Criticalcheckout: p95 latency above 800 msshop']);
    expect(screen.getByText("The 1 most urgent of 2. 1 more is hidden by the panel's options.")).toBeInTheDocument();
  });

  it.each([
    ['team', ['shop', 'No team']],
    ['severity', ['Critical', 'Warning']],
    ['state', ['Firing', 'Acknowledged']],
  ] as const)('groups by %s', (groupBy, headings) => {
    const [first, second = {}] = THREE;
    show(panelData([alertFrame(first ?? {}, { ...second, owner: '' })]), { options: { groupBy, facts: [] } });
    const [, one, , two] = screen.getAllByRole('row');
    expect([one?.textContent, two?.textContent]).toEqual(headings);
  });

  it.each([
    [{ severities: ['critical'] }, ['checkout-1']],
    [{ search: 'CART error' }, ['b']],
    [{ search: 'cart nonsense' }, []],
    [{ order: 'newest' }, ['c', 'b', 'checkout-1']],
    [{ order: 'oldest' }, ['checkout-1', 'b', 'c']],
    [{ order: 'newest', maxRows: 2 }, ['b', 'checkout-1']],
  ] satisfies Array<[AlertsPanelViewProps['options'], string[]]>)('with %p shows %p', (options, ids) => {
    const given = THREE.map((row, index) => ({ ...row, startsAt: NOW - (3 - index) * 60_000 }));
    show(panelData([alertFrame(...given)]), { options, engine: fakeEngine('viewer') });
    const shown = screen.queryAllByRole('link').map((link) => link.getAttribute('href')?.split('/').at(-1));
    expect(shown).toEqual(ids);
  });

  it('has no links where none are wanted', () => {
    show(panelData([alertFrame({})]), { options: { showLinks: false }, engine: fakeEngine('viewer') });
    expect(rows()).toHaveLength(1);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('says so when all that is open is hidden', () => {
    show(panelData([alertFrame(TAKEN)]), { options: { hideAcknowledged: true } });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(screen.getByText('1 open: 1 critical. All are acknowledged.')).toBeInTheDocument();
    expect(screen.getByText("1 more is hidden by the panel's options.")).toBeInTheDocument();
  });

  it('makes cards of rows where the panel is narrow', () => {
    show(panelData([alertFrame({})]), { width: 340 });
    expect(screen.getByRole('table')).toHaveStyle({ display: 'block' });
  });

  it('stays a table in a wide panel', () => {
    show(panelData([alertFrame({})]), { width: 600 });
    expect(screen.getByRole('table')).not.toHaveStyle({ display: 'block' });
  });
});

describe('without alerts to show', () => {
  it('is glad when nothing is open', () => {
    show(panelData([alertFrame()]));
    expect(screen.getByRole('status')).toHaveTextContent('Nothing is open');
  });

  it('says what to choose when there is no query', () => {
    show(panelData([], { request: requestOf({ targets: [] }) }));
    expect(screen.getByRole('status')).toHaveTextContent(
      'There is no query yetIn the query of this panel, choose the data source Pharos and the query type Alerts.'
    );
  });

  it('says what to choose, and why, when the frame is of something else', () => {
    const fields = [
      { name: 'time', values: [NOW] },
      { name: 'checkout', values: [3] },
    ];
    show(panelData([toDataFrame({ fields })]));
    expect(screen.getByRole('status')).toHaveTextContent(
      /This is not a list of alerts.*query type Alerts\. The query result has no id, summary, severity, state, startsAt\./
    );
  });

  it('shows where rows will be while they load', () => {
    show(panelData([], { state: LoadingState.Loading }));
    expect(screen.getByRole('status', { name: 'Loading the alerts' })).toBeInTheDocument();
  });
});

describe('when the query fails', () => {
  const failed = (rest: Partial<PanelData> = {}) =>
    panelData([], {
      state: LoadingState.Error,
      errors: [{ message: 'The engine at http://127.0.0.1:8686 cannot be reached.' }],
      request: requestOf({ startTime: NOW + 60_000 }),
      ...rest,
    });

  it('says why, that nothing is lost, and tries again where it can', async () => {
    const runQueries = jest.fn();
    const { user } = show(
      failed({ request: requestOf({ scopedVars: { __sceneObject: { text: '', value: { runQueries } } } }) })
    );
    expect(screen.getByRole('status')).toHaveTextContent(
      'The alerts could not be loadedThe engine at http://127.0.0.1:8686 cannot be reached. Nothing was lost; the engine keeps every alert.'
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(runQueries).toHaveBeenCalledTimes(1);
  });

  it('keeps the last rows and says since when, until one succeeds', () => {
    const { update } = show(panelData([alertFrame({})]));
    jest.setSystemTime(NOW + 3 * 60_000);
    update(failed());
    update(failed({ request: requestOf({ startTime: NOW + 120_000 }) }));
    expect(screen.getByText(/^No answer/)).toHaveTextContent(
      'No answer since 2 m ago: The engine at http://127.0.0.1:8686 cannot be reached. The list is from 3 m ago.'
    );
    expect(rows()).toHaveLength(1);
    update(panelData([alertFrame({}, { id: 'new' })]));
    expect(screen.queryByText(/^No answer/)).not.toBeInTheDocument();
    expect(rows()).toHaveLength(2);
  });

  it('keeps the rows while the next query is on its way', () => {
    const { update } = show(panelData([alertFrame({})]));
    update(panelData([], { state: LoadingState.Loading }));
    expect(rows()).toHaveLength(1);
  });
});

describe('with the engine', () => {
  const byRole = (role: Role) => fakeEngine(role);

  it('links each alert to its page', async () => {
    const { user, navigation } = show(panelData([alertFrame({ id: 'a/b' })]), { engine: byRole('viewer') });
    const link = screen.getByRole('link', { name: 'checkout: p95 latency above 800 ms' });
    expect(link).toHaveAttribute('href', '/alerts/a%2Fb');
    await user.click(screen.getByText('1.21 s'));
    expect(navigation?.current().path).toBe('/alerts/a%2Fb');
  });

  it('offers a viewer nothing that would be refused', async () => {
    const engine = byRole('viewer');
    show(panelData([alertFrame({})]), { engine });
    await waitFor(() => expect(engine.calls(getChanges)).toHaveLength(1));
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it.each([401, 403, 404])('stays a plain list, and silent, when it answers %d', async (status) => {
    const engine = refusing(status);
    show(panelData([alertFrame({})]), { engine });
    await settle();
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(rows()).toHaveLength(1);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect([engine.calls(getMe).length, engine.calls(getChanges).length]).toEqual([1, 0]);
  });

  async function take(engine: FakeEngine) {
    const runQueries = jest.fn();
    const request = requestOf({ scopedVars: { __sceneObject: { text: '', value: { runQueries } } } });
    const { user } = show(panelData([alertFrame({}, { id: 'b', summary: 'taken', ...TAKEN })], { request }), {
      engine,
    });
    expect(await screen.findAllByRole('button', { name: /^Acknowledge/ })).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Acknowledge checkout: p95 latency above 800 ms' }));
    const dialog = await screen.findByRole('dialog', { name: 'Acknowledge alert' });
    await user.type(within(dialog).getByRole('textbox', { name: /Comment/ }), 'rolling back');
    await user.click(within(dialog).getByRole('button', { name: 'Acknowledge' }));
    expect(engine.calls(acknowledgeAlert)).toEqual([{ id: 'checkout-1', comment: 'rolling back', until: null }]);
    return runQueries;
  }

  it('lets an editor take an alert in place, with a word to the others', async () => {
    const runQueries = await take(byRole('editor').on(acknowledgeAlert, ({ id }) => ({ alert: alert(id) })));
    expect(await screen.findByText('1 alert acknowledged')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(runQueries).toHaveBeenCalledTimes(1);
  });

  it('leaves the dialog open when that is refused', async () => {
    const engine = byRole('editor').on(acknowledgeAlert, () => {
      throw new ApiError({ code: 'conflict', status: 409, message: 'It has resolved meanwhile.' });
    });
    const runQueries = await take(engine);
    expect(await screen.findByText('Nothing was acknowledged. It has resolved meanwhile.')).toBeInTheDocument();
    expect(screen.getByRole('dialog')).toBeInTheDocument();
    expect(runQueries).not.toHaveBeenCalled();
  });

  it('calls those alerts yours that you have', async () => {
    show(panelData([alertFrame(TAKEN)]), { engine: byRole('editor') });
    expect(await screen.findByText('acknowledged by you, "deploy"')).toBeInTheDocument();
  });

  it('asks for the rows again when the engine says that alerts changed, one query at a time', async () => {
    const runQueries = jest.fn();
    const polls: Array<(topics: Array<'alerts' | 'tokens'>) => void> = [];
    const engine = byRole('viewer').on(
      getChanges,
      () =>
        new Promise((resolve) => {
          polls.push((topics) => resolve({ cursor: `c${polls.length}`, topics, ids: [] }));
        })
    );
    const request = requestOf({
      scopedVars: { __sceneObject: { text: '', value: { valueOf: () => ({ runQueries }) } } },
    });
    const { update } = show(panelData([alertFrame({})], { request }), { engine });
    const tell = async (topic: 'alerts' | 'tokens') => {
      const count = polls.length;
      polls[count - 1]?.([topic]);
      // Between two polls there is a second.
      await act(() => jest.advanceTimersByTimeAsync(1000));
      expect(polls).toHaveLength(count + 1);
    };
    await waitFor(() => expect(polls).toHaveLength(1));
    await tell('tokens');
    expect(runQueries).not.toHaveBeenCalled();
    await tell('alerts');
    expect(runQueries).toHaveBeenCalledTimes(1);
    update(panelData([alertFrame({})], { request, state: LoadingState.Loading }));
    await tell('alerts');
    await tell('alerts');
    expect(runQueries).toHaveBeenCalledTimes(1);
    update(panelData([alertFrame({})], { request }));
    expect(runQueries).toHaveBeenCalledTimes(2);
  });

  it('comes back by itself when the engine does', async () => {
    const runQueries = jest.fn();
    let isUp = false;
    const engine = byRole('viewer').on(getMe, () => {
      if (!isUp) {
        throw new ApiError({ code: 'unavailable', status: 502, message: 'The engine cannot be reached.' });
      }
      return { subject: 's', name: 'Ada', role: 'viewer' as const, namespace: 'default' };
    });
    const request = requestOf({ scopedVars: { __sceneObject: { text: '', value: { runQueries } } } });
    show(panelData([], { state: LoadingState.Error, errors: [{ message: 'down' }], request }), { engine });
    await settle();
    expect(runQueries).not.toHaveBeenCalled();
    isUp = true;
    await act(() => jest.advanceTimersByTimeAsync(15_000));
    expect(runQueries).toHaveBeenCalledTimes(1);
  });

  it('says when contact was lost although no query has failed', async () => {
    const engine = byRole('viewer').on(getChanges, () => {
      throw new ApiError({ code: 'unavailable', status: 502, message: 'The engine cannot be reached.' });
    });
    show(panelData([alertFrame({})]), { engine });
    expect(await screen.findByText(/^No answer/)).toHaveTextContent('No answer: The engine cannot be reached.');
    expect(rows()).toHaveLength(1);
  });
});
