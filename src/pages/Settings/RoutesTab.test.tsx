import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/apiError.ts';
import { getRoutes, listReceivers, matchRoutesOperation, updateRoutes } from '../../api/routing.ts';
import type { Role } from '../../core/identity.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import type { RouteTable } from './routesEditor.ts';
import { Settings } from './Settings.tsx';

jest.setTimeout(20_000);

const NOW = epochMs(Date.now());
const critical = { name: 'severity', op: '=' as const, value: 'critical' };
const initial: RouteTable = {
  items: [
    { matchers: [critical], receiver: 'pager', continue: false },
    { matchers: [], receiver: 'inbox', continue: false },
  ],
  version: 4,
  updatedAt: NOW,
  updatedBy: 'ada',
};

const open = ({ table = initial, role = 'admin' as Role } = {}) => {
  const state = { table };
  const receiver = (name: string) => ({
    ...{ name, kind: 'webhook' as const, settings: {}, updatedAt: NOW, updatedBy: 'ada' },
    ...{ lastDelivery: null, queued: 0, testedAt: null },
  });
  const engine = fakeEngine(role)
    .on(listReceivers, () => ({ items: [receiver('inbox'), receiver('pager')] }))
    .on(getRoutes, () => state.table)
    .on(matchRoutesOperation, ({ labels }) =>
      labels['severity'] === 'critical' ? { receivers: ['pager'], routes: [0] } : { receivers: [], routes: [] }
    )
    .on(updateRoutes, ({ items, version }) => {
      if (version !== state.table.version) {
        throw new ApiError({
          code: 'conflict',
          status: 409,
          message: 'The routes were changed by bob since you read them.',
        });
      }
      state.table = { ...state.table, items, version: state.table.version + 1 };
      return state.table;
    });
  const page = renderPage(
    <div className="main-view">
      <Settings />
    </div>,
    { engine, at: '/settings?tab=routes' }
  );
  return { engine, state, ...page, user: userEvent.setup({ delay: null }) };
};

const order = async () =>
  within(await screen.findByRole('list', { name: 'Routes' }))
    .getAllByRole('listitem')
    .map((item) => item.getAttribute('aria-label'));

describe('RoutesTab', () => {
  it('moves a route by keyboard, keeps the focus on it, and says where it is', async () => {
    const { user } = open();
    const down = await screen.findByRole('button', { name: 'Move route 1 down' });
    down.focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(await order()).toEqual(['Route 1: every alert', 'Route 2: severity="critical"']);
    expect(screen.getByText('Route 1 is now route 2')).toBeInTheDocument();
    expect(document.activeElement?.closest('li')).toHaveAttribute('aria-label', 'Route 2: severity="critical"');
    expect(screen.getByText('No alert reaches this route: a route above takes them all.')).toBeInTheDocument();
  });

  it('saves the order that was made with the buttons, and undoes it', async () => {
    const { user, engine } = open();
    await user.click(await screen.findByRole('button', { name: 'Move route 2 up' }));
    await user.click(screen.getByRole('button', { name: 'Save routes' }));
    expect(await screen.findByText('2 routes saved')).toBeInTheDocument();
    expect(engine.calls(updateRoutes)[0]).toEqual({ items: [...initial.items].reverse(), version: 4 });
    expect(screen.queryByRole('button', { name: 'Save routes' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.calls(updateRoutes)[1]).toEqual({ items: initial.items, version: 5 }));
    expect(await order()).toEqual(['Route 1: severity="critical"', 'Route 2: every alert']);
  });

  it('takes matchers as they are written in PromQL, and refuses what is none', async () => {
    const { user, engine } = open();
    const input = await screen.findByRole('textbox', { name: 'Route 2: add a matcher' });
    await user.type(input, 'team{Enter}');
    expect(screen.getByText(/Enter a label, one of = != =~ !~, and a value/)).toBeInTheDocument();
    await user.clear(input);
    await user.type(input, 'team=~"shop|pay"{Enter}');
    expect(screen.getByText('Alerts that match no route notify nobody')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove severity="critical" from route 1' }));
    await user.click(screen.getByRole('button', { name: 'Save routes' }));
    await screen.findByText('2 routes saved');
    expect(engine.calls(updateRoutes)[0]?.items.map(({ matchers }) => matchers)).toEqual([
      [],
      [{ name: 'team', op: '=~', value: 'shop|pay' }],
    ]);
  });

  it('keeps changes when somebody else was faster, to be saved over theirs or dropped', async () => {
    const { user, state, engine } = open();
    await user.click(await screen.findByRole('button', { name: 'Move route 2 up' }));
    state.table = { ...initial, items: initial.items.slice(1), version: 5, updatedBy: 'bob' };
    await user.click(screen.getByRole('button', { name: 'Save routes' }));
    expect(await screen.findByText('bob changed the routes after you began')).toBeInTheDocument();
    expect(await order()).toEqual(['Route 1: every alert', 'Route 2: severity="critical"']);
    await user.click(screen.getByRole('button', { name: 'Keep mine and overwrite theirs' }));
    await user.click(screen.getByRole('button', { name: 'Save routes' }));
    expect(await screen.findByText('2 routes saved')).toBeInTheDocument();
    expect(engine.calls(updateRoutes).at(-1)).toMatchObject({ version: 5 });
  });

  it('says where an alert would go, by the engine or by unsaved changes', async () => {
    const { user, navigation } = open();
    const input = await screen.findByRole('textbox', { name: /^Labels of an alert/ });
    await user.type(input, 'severity=critical');
    const tester = screen.getByRole('region', { name: 'Where would this go?' });
    await waitFor(() => expect(tester).toHaveTextContent('To pager, by route 1 of 2.'));
    expect(navigation.current().search).toContain('labels=severity%3Dcritical');
    await user.click(screen.getByRole('button', { name: 'Move route 2 up' }));
    expect(tester).toHaveTextContent('To inbox, by route 1 of 2. Your unsaved changes are included.');
    await user.click(screen.getByRole('button', { name: 'Discard changes' }));
    await user.clear(input);
    await user.type(input, 'team=shop');
    await waitFor(() => expect(tester).toHaveTextContent('To nobody: no route matches.'));
  });

  it('lets a viewer read and try', async () => {
    open({ role: 'viewer' });
    const list = await screen.findByRole('list', { name: 'Routes' });
    expect(list).toHaveTextContent('severity="critical" goes to pager');
    expect(screen.getByRole('textbox', { name: /^Labels of an alert/ })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Move|Add|Save|Remove/ })).not.toBeInTheDocument();
  });
});
