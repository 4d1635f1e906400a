import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/apiError.ts';
import { getRoutes, listReceivers } from '../../api/routing.ts';
import { dismissUndelivered, listUndelivered, resendUndelivered, type UndeliveredView } from '../../api/undelivered.ts';
import type { Role } from '../../core/identity.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Settings } from './Settings.tsx';

jest.setTimeout(20_000);

const letter = (id: string, fields: Partial<UndeliveredView> = {}): UndeliveredView => ({
  ...{ id, receiver: 'hook', receiverKind: 'webhook', kind: 'fired', alertId: `alert-${id}`, severity: 'critical' },
  ...{ summary: `trouble ${id}`, reason: 'hook could not be notified: answered 401', at: epochMs(Date.now() - 60_000) },
  ...fields,
});

/** An engine that forgets what was seen to. */
const open = ({ items = [letter('7')], role = 'admin' as Role, older = 0 } = {}) => {
  let left = items;
  const settle = ({ ids }: { ids: readonly string[] }) => {
    left = left.filter(({ id }) => !ids.includes(id));
    return { count: ids.length };
  };
  const engine = fakeEngine(role)
    .on(listReceivers, () => ({ items: [] }))
    .on(getRoutes, () => ({ items: [], version: 1, updatedAt: null, updatedBy: '' }))
    .on(listUndelivered, () => ({ items: [...left], next: null, total: left.length + older }))
    .on(resendUndelivered, settle)
    .on(dismissUndelivered, settle);
  renderPage(
    <div className="main-view">
      <Settings />
    </div>,
    { engine, at: '/settings?tab=receivers' }
  );
  return { engine, user: userEvent.setup({ delay: null }) };
};

const section = () => screen.findByRole('region', { name: 'Undelivered' });

describe('Undelivered', () => {
  it('says what was given up, of which alert, to whom and why, though there is no receiver left', async () => {
    open({ items: [letter('7', { receiver: 'old-hook', receiverKind: 'deleted' })] });
    const part = within(await section());
    expect(part.getByText(/^1 notification was given up\. Fix its receiver and send it again/)).toBeInTheDocument();
    const row = part.getAllByRole('row')[1];
    expect(row).toHaveTextContent(/Fired: trouble 7.*old-hook \(deleted\).*hook could not be notified: answered 401/);
    expect(part.getByRole('link', { name: 'trouble 7' })).toHaveAttribute('href', '/alerts/alert-7');
    expect(part.queryByRole('button', { name: /again/ })).not.toBeInTheDocument();
  });

  it('sends one again, and is gone with the last', async () => {
    const { user, engine } = open();
    await user.click(await screen.findByRole('button', { name: 'Send again: trouble 7 (hook)' }));
    expect(await screen.findByText('1 notification is being sent again: its alert shows the outcome')).toBeVisible();
    expect(engine.calls(resendUndelivered)).toEqual([{ ids: ['7'] }]);
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Undelivered' })).not.toBeInTheDocument());
  });

  it('asks before it dismisses', async () => {
    const { user, engine } = open({ items: [letter('7'), letter('8')] });
    const dismiss = { name: 'Dismiss trouble 7 (hook)' };
    await user.click(await screen.findByRole('button', dismiss));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    expect(engine.calls(dismissUndelivered)).toEqual([]);
    await user.click(screen.getByRole('button', dismiss));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Dismiss 1 notification?')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Dismiss' }));
    expect(await screen.findByText('1 notification dismissed')).toBeVisible();
    expect(engine.calls(dismissUndelivered)).toEqual([{ ids: ['7'] }]);
  });

  it('deals with all of a storm: those of deleted receivers are not sent', async () => {
    const storm = Array.from({ length: 30 }, (_, n) => letter(String(n + 1)));
    const { user, engine } = open({
      items: [...storm, letter('31', { receiver: 'old-hook', receiverKind: 'deleted' })],
      older: 2000,
    });
    const part = within(await section());
    expect(part.getAllByRole('row')).toHaveLength(21);
    expect(part.getByText('The newest 20 of 2031.')).toBeInTheDocument();
    await user.click(part.getByRole('button', { name: 'Send all 30 again' }));
    await waitFor(() => expect(engine.calls(resendUndelivered)[0]?.ids).toHaveLength(30));
    expect(engine.calls(resendUndelivered)[0]?.ids).not.toContain('31');
  });

  it('says why nothing was sent', async () => {
    const { user, engine } = open();
    engine.on(resendUndelivered, () => {
      throw new ApiError({ code: 'conflict', status: 409, message: 'There is no receiver hook any more.' });
    });
    await user.click(await screen.findByRole('button', { name: 'Send again: trouble 7 (hook)' }));
    expect(await screen.findByText('Nothing was sent again. There is no receiver hook any more.')).toBeVisible();
  });

  it('says that it could not be loaded', async () => {
    const { engine } = open();
    engine.on(listUndelivered, () => {
      throw new ApiError({ code: 'internal', status: 500, message: 'the store is down' });
    });
    expect(await screen.findByText(/The undelivered notifications could not be (loaded|updated)/)).toBeInTheDocument();
  });

  it('asks nothing and shows nothing to an editor', async () => {
    const { engine } = open({ role: 'editor' });
    expect(await screen.findByText('Nobody is notified yet')).toBeInTheDocument();
    expect(engine.calls(listUndelivered)).toEqual([]);
    expect(screen.queryByRole('region', { name: 'Undelivered' })).not.toBeInTheDocument();
  });
});
