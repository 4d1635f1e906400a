import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/apiError.ts';
import {
  createReceiver,
  deleteReceiver,
  getRoutes,
  listReceivers,
  testReceiver,
  updateReceiver,
  type ReceiverView,
} from '../../api/routing.ts';
import { listUndelivered } from '../../api/undelivered.ts';
import type { Role } from '../../core/identity.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Settings } from './Settings.tsx';

jest.setTimeout(20_000);

const NOW = epochMs(Date.now());
const inbox: ReceiverView = {
  name: 'inbox',
  kind: 'webhook',
  settings: { url: { set: true, origin: 'https://example.com' }, secret: { set: true } },
  updatedAt: NOW,
  updatedBy: 'ada',
  lastDelivery: { at: NOW, ok: false, error: 'status 503' },
  queued: 2,
  testedAt: null,
};

const open = ({ at = '/settings?tab=receivers', role = 'admin' as Role, items = [inbox] } = {}) => {
  const engine = fakeEngine(role)
    .on(listReceivers, () => ({ items }))
    .on(listUndelivered, () => ({ items: [], next: null, total: 0 }))
    .on(getRoutes, () => ({ items: [], version: 1, updatedAt: null, updatedBy: '' }))
    .on(createReceiver, (input) => ({ receiver: { ...inbox, name: input.name } }))
    .on(updateReceiver, () => ({ receiver: inbox }))
    .on(deleteReceiver, () => {
      throw new ApiError({
        code: 'conflict',
        status: 409,
        message: 'Route 1 sends to inbox: change the routes first.',
      });
    })
    .on(testReceiver, () => ({ ok: true, message: '204 No Content', durationMs: 34 }));
  const page = renderPage(
    <div className="main-view">
      <Settings />
    </div>,
    { engine, at }
  );
  return { engine, ...page, user: userEvent.setup({ delay: null }) };
};

describe('ReceiversTab', () => {
  it('answers what is wrong, and shows the last result', async () => {
    open();
    expect(
      await screen.findByText(
        /1 receiver; the last delivery to inbox failed; 2 notifications waiting; not tested: inbox; no route sends to inbox\./
      )
    ).toBeInTheDocument();
    const row = within(screen.getByRole('table', { name: 'Receivers' })).getAllByRole('row')[1];
    expect(row).toHaveTextContent(/inboxWebhook.*https:\/\/example\.com\/….*none.*Failed.*status 503/);
  });

  it('sends a test and says what the other side answered', async () => {
    const { user, engine } = open();
    await user.click(await screen.findByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText(/Delivered in 34 ms: 204 No Content/)).toBeInTheDocument();
    engine.on(testReceiver, () => ({ ok: false, message: 'status 500', durationMs: 1200 }));
    await user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText(/Failed in 1.2 s: status 500/)).toBeInTheDocument();
  });

  it('never shows a secret, and sends one only when it was replaced', async () => {
    const { user, engine } = open({ at: '/settings?tab=receivers&edit=inbox' });
    expect(await screen.findByLabelText('Signing secret: set')).toHaveValue('set');
    expect(screen.getByLabelText('Address: set')).toHaveValue('https://example.com/… (kept)');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(engine.calls(updateReceiver)).toHaveLength(1));
    expect(engine.calls(updateReceiver)[0]?.settings).not.toHaveProperty('secret');
    expect(engine.calls(updateReceiver)[0]?.settings).not.toHaveProperty('url');
  });

  it('says beside a secret that it does not go to another host by itself, and takes it again or without it', async () => {
    const { user, engine } = open({ at: '/settings?tab=receivers&edit=inbox' });
    const message = 'was given for https://example.com: enter it again for https://other.example';
    engine.on(updateReceiver, () => {
      const errors = [{ path: 'settings.secret', message }];
      throw new ApiError({ code: 'invalid_input', status: 400, message: 'settings.secret: was given', errors });
    });
    await user.click(await screen.findByRole('button', { name: 'Replace Address' }));
    const address = screen.getByRole('textbox', { name: /^Address/ });
    expect(address).toHaveValue('');
    await user.type(address, 'https://other.example/hook');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText(message)).toBeInTheDocument();
    engine.on(updateReceiver, () => ({ receiver: inbox }));
    await user.click(screen.getByRole('button', { name: 'Replace Signing secret' }));
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('Receiver inbox saved: test it again')).toBeInTheDocument();
    expect(engine.calls(updateReceiver)[1]?.settings).toMatchObject({ url: 'https://other.example/hook', secret: '' });
  });

  it('replaces a secret', async () => {
    const { user, engine, navigation } = open({ at: '/settings?tab=receivers&edit=inbox' });
    await user.click(await screen.findByRole('button', { name: 'Replace Signing secret' }));
    await user.type(screen.getByLabelText(/^Signing secret/), 'whsec_new');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('Receiver inbox saved: test it again')).toBeInTheDocument();
    expect(engine.calls(updateReceiver)[0]?.settings).toMatchObject({ secret: 'whsec_new' });
    expect(navigation.current().search).toBe('?tab=receivers');
  });

  it('says beside the field what is missing, and what the engine refuses', async () => {
    const { user, engine } = open({ at: '/settings?tab=receivers&new=webhook' });
    engine.on(createReceiver, () => {
      throw new ApiError({
        code: 'invalid_input',
        status: 400,
        message: 'settings.url: is not allowed',
        errors: [{ path: 'settings.url', message: 'leads to a private address' }],
      });
    });
    const form = await screen.findByRole('form', { name: 'Receiver' });
    await user.click(within(form).getByRole('button', { name: 'Add receiver' }));
    expect(await screen.findByText(/Enter a name of letters, digits/)).toBeInTheDocument();
    expect(screen.getByText('Address must not be empty.')).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'hook');
    await user.type(screen.getByRole('textbox', { name: /^Address/ }), 'http://10.0.0.1/');
    await user.click(within(form).getByRole('button', { name: 'Add receiver' }));
    expect(await screen.findByText('leads to a private address')).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: /^Address/ }), 'x');
    expect(screen.queryByText('leads to a private address')).not.toBeInTheDocument();
  });

  it('says why a receiver is not deleted', async () => {
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Delete inbox' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
    expect(
      await screen.findByText('inbox was not deleted. Route 1 sends to inbox: change the routes first.')
    ).toBeInTheDocument();
  });

  it('lets an editor read only', async () => {
    open({ role: 'editor', at: '/settings?tab=receivers&edit=inbox', items: [{ ...inbox, settings: {} }] });
    expect(await screen.findByText(/Only an admin can see where they lead, change and test them/)).toBeInTheDocument();
    expect(screen.queryByRole('columnheader', { name: 'Leads to' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /test|Edit|Delete|Add/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
