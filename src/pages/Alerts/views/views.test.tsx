import { screen, waitFor, within } from '@testing-library/react';
import { listAlerts } from '../../../api/alerts.ts';
import { ApiError } from '../../../api/apiError.ts';
import { deleteView, listViews, saveView, type SavedViewView } from '../../../api/views.ts';
import { NOW } from '../alerts.fixture.tsx';
import { CHECKOUT, PAYMENTS, rowOf, start, world } from '../alertsWorld.fixture.tsx';

jest.setTimeout(20_000);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

const view = (id: string, rest: Partial<SavedViewView> = {}): SavedViewView => ({
  ...{ id, page: 'alerts', name: id, params: {}, isDefault: false, createdAt: NOW, updatedAt: NOW },
  ...rest,
});
const SHOP = view('v1', { name: 'Shop', params: { team: 'shop', group: 'service' } });
const WARNINGS = view('v2', { name: 'Warnings', params: { severity: 'warning' } });

/** An engine that keeps views. */
function withViews(initial: readonly SavedViewView[]) {
  let kept = initial;
  return world([CHECKOUT, PAYMENTS], 'viewer')
    .on(listViews, () => ({ items: [...kept] }))
    .on(saveView, ({ id = 'new', ...input }) => {
      const saved = view(id, input);
      kept = [
        ...kept.filter((one) => one.id !== id).map((one) => (saved.isDefault ? { ...one, isDefault: false } : one)),
        saved,
      ];
      return { view: saved };
    })
    .on(deleteView, ({ id }) => {
      kept = kept.filter((one) => one.id !== id);
      return {};
    });
}

const button = (name: string) => screen.findByRole('button', { name: `Saved views: ${name}` });
type User = ReturnType<typeof start>['user'];

async function choose(user: User, from: string, item: string | RegExp) {
  await user.click(await button(from));
  const menu = await screen.findByRole('menu');
  await user.click(within(menu).getByText(item));
}

describe('choosing', () => {
  it('puts the view into the address and leaves a step for Back', async () => {
    const { user, navigation } = start(withViews([SHOP, WARNINGS]), '/alerts?severity=critical&selected=checkout-1');
    await rowOf(CHECKOUT.summary);
    await choose(user, 'Views', 'Warnings');
    expect(navigation.current().search).toBe('?severity=warning&view=v2');
    expect(navigation.entries()).toHaveLength(2);
    expect(await button('Warnings')).toBeInTheDocument();
    await choose(user, 'Warnings', 'Every open alert');
    expect(navigation.current().search).toBe('');
  });

  it('says what each shows', async () => {
    const { user } = start(withViews([SHOP]));
    await user.click(await button('Views'));
    expect(await screen.findByText('team shop; grouped by service')).toBeInTheDocument();
    expect(screen.getByRole('menuitemradio', { name: /Every open alert/ })).toHaveAttribute('aria-checked', 'true');
  });

  it('takes a view of somebody else in a link for its filters', async () => {
    start(withViews([]), '/alerts?severity=warning&view=theirs');
    expect(await screen.findByText(/^1 alert matches/)).toBeInTheDocument();
    expect(await button('Views')).toBeInTheDocument();
  });

  it('is not needed to see alerts', async () => {
    const engine = withViews([]).on(listViews, () => {
      throw new ApiError({ code: 'internal', status: 500, message: 'The store is locked.' });
    });
    start(engine);
    expect(await rowOf(CHECKOUT.summary)).toBeInTheDocument();
  });
});

describe('the default', () => {
  it('opens the page, and asks the engine for nothing else first', async () => {
    const engine = withViews([SHOP, { ...WARNINGS, isDefault: true }]);
    const { navigation } = start(engine);
    await rowOf(PAYMENTS.summary);
    expect(navigation.current().search).toBe('?severity=warning&view=v2');
    expect(navigation.entries()).toHaveLength(1);
    expect(engine.calls(listAlerts)).toEqual([{ severity: ['warning'], limit: 100 }]);
  });

  it('does not come back when the filters are cleared, nor over those of a link', async () => {
    const engine = withViews([{ ...WARNINGS, isDefault: true }]);
    const { user, navigation } = start(engine, '/alerts?severity=critical');
    await rowOf(CHECKOUT.summary);
    expect(navigation.current().search).toBe('?severity=critical');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(navigation.current().search).toBe('?view=all');
    expect(await rowOf(PAYMENTS.summary)).toBeInTheDocument();
  });
});

describe('saving', () => {
  it('keeps filters and grouping under a name, also for a viewer', async () => {
    const engine = withViews([]);
    const { user, navigation } = start(engine, '/alerts?severity=warning&group=team&selected=x&collapsed=y');
    await choose(user, 'Views', 'Save as new view');
    const dialog = await screen.findByRole('dialog', { name: 'Save view' });
    expect(dialog).toHaveTextContent('Saves: severity warning; grouped by team.');
    await user.click(within(dialog).getByRole('button', { name: 'Save view' }));
    expect(within(dialog).getByText('Enter a name.')).toBeInTheDocument();
    await user.type(within(dialog).getByRole('textbox', { name: /^Name/ }), ' Mine ');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Open Alerts with this view' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save view' }));
    expect(await screen.findByText('View “Mine” saved')).toBeInTheDocument();
    expect(engine.calls(saveView)).toEqual([
      { page: 'alerts', name: 'Mine', params: { severity: 'warning', group: 'team' }, isDefault: true },
    ]);
    expect(await button('Mine')).toHaveFocus();
    expect(navigation.current().search).toContain('view=new');
  });

  it('says that a name is taken, whether it knows or the engine does', async () => {
    const engine = withViews([SHOP]);
    engine.on(saveView, () => {
      const message = 'you have a view "Other" already; choose another name';
      throw new ApiError({ code: 'conflict', status: 409, message, errors: [{ path: 'name', message }] });
    });
    const { user } = start(engine);
    await choose(user, 'Views', 'Save as new view');
    const dialog = await screen.findByRole('dialog', { name: 'Save view' });
    const name = within(dialog).getByRole('textbox', { name: /^Name/ });
    await user.type(name, 'SHOP');
    await user.click(within(dialog).getByRole('button', { name: 'Save view' }));
    expect(within(dialog).getByText('You already have a view “Shop”: choose another name.')).toBeInTheDocument();
    expect(engine.calls(saveView)).toHaveLength(0);
    await user.clear(name);
    await user.type(name, 'Other');
    await user.click(within(dialog).getByRole('button', { name: 'Save view' }));
    expect(await within(dialog).findByText(/you have a view "Other" already/)).toBeInTheDocument();
    await user.type(name, 's');
    expect(within(dialog).queryByText(/you have a view "Other" already/)).not.toBeInTheDocument();
  });

  it('says when there are too many', async () => {
    const engine = withViews([]).on(saveView, () => {
      throw new ApiError({ code: 'conflict', status: 409, message: 'You keep 50 views; delete one first.' });
    });
    const { user } = start(engine);
    await choose(user, 'Views', 'Save as new view');
    await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'One more{Enter}');
    expect(await screen.findByText('The view was not saved. You keep 50 views; delete one first.')).toBeInTheDocument();
  });

  it('tells when the view is no longer what is seen, and keeps the change, and undoes it', async () => {
    const engine = withViews([WARNINGS]);
    const { user } = start(engine, '/alerts?severity=critical&view=v2');
    await choose(user, 'Warnings, changed', 'Save changes to “Warnings”');
    expect(await screen.findByText('View “Warnings” saved')).toBeInTheDocument();
    expect(engine.calls(saveView)[0]).toMatchObject({ id: 'v2', params: { severity: 'critical' } });
    expect(await button('Warnings')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await button('Warnings, changed')).toBeInTheDocument();
  });
});

describe('managing', () => {
  const open = async (user: User, from = 'Views') => {
    await choose(user, from, 'Manage views');
    return screen.findByRole('dialog', { name: 'Manage views' });
  };

  const close = async (user: User, dialog: HTMLElement) => {
    await user.click(within(dialog).getByRole('button', { name: 'Done' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  };

  it('renames', async () => {
    const engine = withViews([SHOP, WARNINGS]);
    const { user } = start(engine);
    const dialog = await open(user);
    await user.click(within(dialog).getByRole('button', { name: 'Rename “Shop”' }));
    const field = within(dialog).getByRole('textbox', { name: 'New name for “Shop”' });
    await user.clear(field);
    await user.type(field, 'warnings{Enter}');
    expect(within(dialog).getByText('You already have a view “Warnings”: choose another name.')).toBeInTheDocument();
    await user.clear(field);
    await user.type(field, 'shop{Enter}');
    expect(await within(dialog).findByText('shop')).toBeInTheDocument();
    expect(engine.calls(saveView)).toEqual([
      { ...{ id: 'v1', page: 'alerts', name: 'shop' }, params: SHOP.params, isDefault: false },
    ]);
    await close(user, dialog);
  });

  it('makes one the default, and no other', async () => {
    const { user } = start(withViews([SHOP, { ...WARNINGS, isDefault: true }]), '/alerts?view=all');
    const dialog = await open(user);
    await user.click(within(dialog).getByRole('button', { name: 'Open Alerts with “Shop”' }));
    expect(await screen.findByText('Alerts opens with “Shop”')).toBeInTheDocument();
    expect(
      await within(dialog).findByRole('button', { name: 'Open Alerts with “Warnings”', pressed: false })
    ).toBeInTheDocument();
    await close(user, dialog);
  });

  it('asks before it deletes, brings back by Undo, and forgets the name in the address', async () => {
    const engine = withViews([SHOP]);
    const { user, navigation } = start(engine, '/alerts?team=shop&group=service&view=v1');
    const dialog = await open(user, 'Shop');
    await user.click(within(dialog).getByRole('button', { name: 'Delete “Shop”' }));
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(await within(dialog).findByText(/^There are no saved views/)).toBeInTheDocument();
    expect(navigation.current().search).toBe('?team=shop&group=service');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(engine.calls(saveView)).toEqual([
        { ...{ page: 'alerts', name: 'Shop' }, params: SHOP.params, isDefault: false },
      ])
    );
  });
});
