import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { ApiError } from '../../../api/apiError.ts';
import { createSilence, expireSilence, listSilences, updateSilence } from '../../../api/routing.ts';
import { getChanges } from '../../../api/system.ts';
import { hours } from '../../../core/units.ts';
import { NOW } from '../alerts.fixture.tsx';
import { silence, start, world } from '../alertsWorld.fixture.tsx';

jest.setTimeout(20_000);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('silences', () => {
  it('ends one after asking, and restores it by Undo', async () => {
    const engine = world([]);
    const { user } = start(engine, '/alerts?tab=silences');
    expect(await screen.findByText('1 silence is active; it keeps 1 open alert quiet.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'End now: service="checkout"' }));
    const dialog = await screen.findByRole('dialog', { name: 'End silence' });
    expect(dialog).toHaveTextContent('Alerts that match service="checkout" notify again at once.');
    await user.click(within(dialog).getByRole('button', { name: 'End silence' }));
    await waitFor(() => expect(engine.calls(expireSilence)).toEqual([{ id: 's1' }]));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.calls(createSilence)[0]).toMatchObject({ comment: 'maintenance' }));
  });

  it('is for looking only, for a viewer', async () => {
    start(world([], 'viewer'), '/alerts?tab=silences');
    await screen.findByText('maintenance');
    expect(screen.queryByRole('button', { name: /^(End now|Edit|Extend)/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Add silence' })).not.toBeInTheDocument();
  });

  const field = (dialog: HTMLElement, name: RegExp) => within(dialog).getByRole('textbox', { name });
  const openEdit = async (user: ReturnType<typeof start>['user']) => {
    await user.click(await screen.findByRole('button', { name: 'Edit: service="checkout"' }));
    return screen.findByRole('dialog', { name: 'Edit silence' });
  };

  it('edits comment and end where the silence stands, and undoes it', async () => {
    const engine = world([]);
    const { user, navigation } = start(engine, '/alerts?tab=silences');
    const dialog = await openEdit(user);
    expect(navigation.current().search).toBe('?tab=silences&edit=s1');
    expect(field(dialog, /^Value of matcher 1/)).toHaveValue('checkout');
    expect(within(dialog).getByText('Until 2026-11-21 16:10:00, in 2 h')).toBeInTheDocument();
    const until = within(dialog).getByLabelText('Until, browser time');
    expect(until).toHaveValue('2026-11-21T16:10');
    fireEvent.change(until, { target: { value: '2026-11-22T06:30' } });
    expect(within(dialog).getByText('Until 2026-11-22 06:30:00, in 16 h 20 m')).toBeInTheDocument();
    await user.clear(field(dialog, /^Comment/));
    await user.type(field(dialog, /^Comment/), 'longer maintenance');
    await user.click(within(dialog).getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('Silence changed: until 2026-11-22 06:30:00')).toBeInTheDocument();
    expect(engine.calls(updateSilence)).toEqual([
      {
        id: 's1',
        matchers: [{ name: 'service', op: '=', value: 'checkout' }],
        endsAt: Date.UTC(2026, 10, 22, 6, 30),
        comment: 'longer maintenance',
      },
    ]);
    expect(navigation.current().search).toBe('?tab=silences');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(engine.calls(updateSilence)[1]).toMatchObject({ comment: 'maintenance', endsAt: NOW + hours(2) })
    );
  });

  it('says before and after that other matchers make another silence', async () => {
    const engine = world([]).on(updateSilence, ({ matchers }) => ({
      silence: silence({ id: 's2', matchers }),
      replaced: 's1',
    }));
    const { user } = start(engine, '/alerts?tab=silences&edit=s1');
    const dialog = await screen.findByRole('dialog', { name: 'Edit silence' });
    expect(within(dialog).queryByText(/starts a new one/)).not.toBeInTheDocument();
    await user.type(field(dialog, /^Value of matcher 1/), '-v2');
    expect(
      within(dialog).getByText(/Changing the matchers ends this silence and starts a new one/)
    ).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Save changes' }));
    expect(
      await screen.findByText(/^The silence ended, and a new one with the new matchers started/)
    ).toBeInTheDocument();
    expect(engine.calls(updateSilence)[0]?.endsAt).toBe(NOW + hours(2));
  });

  it('wants an end that can be read and is to come, and shows the engine’s word beside it', async () => {
    const engine = world([]).on(updateSilence, () => {
      const message = 'expected at most a year after startsAt';
      throw new ApiError({ code: 'invalid_input', status: 400, message, errors: [{ path: 'endsAt', message }] });
    });
    const { user } = start(engine, '/alerts?tab=silences&edit=s1');
    const dialog = await screen.findByRole('dialog', { name: 'Edit silence' });
    const until = within(dialog).getByLabelText('Until, browser time');
    const save = within(dialog).getByRole('button', { name: 'Save changes' });
    fireEvent.change(until, { target: { value: '' } });
    await user.click(save);
    expect(within(dialog).getByText('Enter a date and a time.')).toBeInTheDocument();
    fireEvent.change(until, { target: { value: '2026-11-21T14:00' } });
    expect(within(dialog).getByText('Enter a time in the future.')).toBeInTheDocument();
    expect(engine.calls(updateSilence)).toHaveLength(0);
    fireEvent.change(until, { target: { value: '2028-11-21T14:00' } });
    await user.click(save);
    expect(await within(dialog).findByText('expected at most a year after startsAt')).toBeInTheDocument();
  });

  it('takes a date and time of one’s own for a new one, starting from what was chosen', async () => {
    const engine = world([]);
    const { user } = start(engine, '/alerts?tab=silences&edit=new');
    const dialog = await screen.findByRole('dialog', { name: 'Silence alerts' });
    await user.click(within(dialog).getByRole('radio', { name: '8 h' }));
    await user.click(within(dialog).getByRole('radio', { name: 'Until' }));
    expect(within(dialog).getByLabelText('Until, browser time')).toHaveValue('2026-11-21T22:10');
    await user.click(within(dialog).getByRole('button', { name: 'Add matcher' }));
    await user.type(field(dialog, /^Label of matcher 1/), 'team');
    await user.type(field(dialog, /^Value of matcher 1/), 'shop');
    await user.type(field(dialog, /^Comment/), 'work');
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    await waitFor(() => expect(engine.calls(createSilence)[0]?.endsAt).toBe(Date.UTC(2026, 10, 21, 22, 10)));
  });

  it('extends by a button, from the end it has, and undoes it', async () => {
    const engine = world([]);
    const { user } = start(engine, '/alerts?tab=silences');
    await user.click(await screen.findByRole('button', { name: 'Extend: service="checkout"' }));
    await user.click(await screen.findByRole('menuitem', { name: 'By 8 h' }));
    expect(await screen.findByText('Silence extended: until 2026-11-22 00:10:00')).toBeInTheDocument();
    expect(engine.calls(updateSilence)[0]).toMatchObject({ id: 's1', comment: 'maintenance', endsAt: NOW + hours(10) });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.calls(updateSilence)[1]?.endsAt).toBe(NOW + hours(2)));
  });

  it('makes one that has ended anew', async () => {
    const engine = world([]).on(listSilences, () => ({
      items: [silence({ state: 'expired', endsAt: NOW })],
      next: null,
    }));
    const { user } = start(engine, '/alerts?tab=silences&expired=yes');
    await user.click(await screen.findByRole('button', { name: 'Silence again: service="checkout"' }));
    const dialog = await screen.findByRole('dialog', { name: 'Silence alerts' });
    expect(field(dialog, /^Comment/)).toHaveValue('maintenance');
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    await waitFor(() => expect(engine.calls(createSilence)[0]).toMatchObject({ comment: 'maintenance' }));
  });

  it('keeps what is typed when the silence ends meanwhile', async () => {
    let ended = false;
    let tell: (changes: { cursor: string; topics: ['silences']; ids: [] }) => void = () => undefined;
    let polls = 0;
    const engine = world([])
      .on(listSilences, () => ({ items: ended ? [] : [silence()], next: null }))
      .on(getChanges, () => {
        polls += 1;
        return polls === 1 ? { cursor: '1', topics: [], ids: [] } : new Promise((resolve) => (tell = resolve));
      });
    const { user } = start(engine, '/alerts?tab=silences&edit=s1');
    const dialog = await screen.findByRole('dialog', { name: 'Edit silence' });
    await user.type(field(dialog, /^Comment/), ', longer');
    ended = true;
    await waitFor(() => expect(polls).toBe(2), { timeout: 3000 });
    tell({ cursor: '2', topics: ['silences'], ids: [] });
    expect(await screen.findByText('No silence is active.')).toBeInTheDocument();
    expect(field(screen.getByRole('dialog', { name: 'Edit silence' }), /^Comment/)).toHaveValue('maintenance, longer');
  });
});
