import { createTheme, ThemeContext } from '@grafana/data';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { memoryNavigation } from '../host/fakeEngine.fixture.tsx';
import { Login, targetOf } from './Login.tsx';

type Reply = { readonly status: number; readonly body?: unknown } | 'no answer';

function start(hash: string, { replies = [], at = '/login' }: { replies?: Reply[]; at?: string } = {}) {
  window.location.hash = hash;
  const bodies: unknown[] = [];
  const fetch = (_: string, init: { body: string }) => {
    bodies.push(JSON.parse(init.body));
    const reply = replies.shift() ?? 'no answer';
    return reply === 'no answer'
      ? Promise.reject(new TypeError('fetch failed'))
      : Promise.resolve({ ok: reply.status < 300, status: reply.status, json: () => Promise.resolve(reply.body) });
  };
  Object.assign(globalThis, { fetch });
  const navigation = memoryNavigation(at);
  render(
    <ThemeContext.Provider value={createTheme()}>
      <Login navigation={navigation} />
    </ThemeContext.Provider>
  );
  return { bodies, navigation };
}

afterEach(() => {
  window.location.hash = '';
});

it('trades the token once, takes it out of the address and goes where one wanted to go', async () => {
  const { bodies, navigation } = start('t0ken', {
    replies: [{ status: 200, body: {} }],
    at: '/login?to=%2Falerts%3Fq%3Dx',
  });
  await waitFor(() => expect(navigation.current()).toEqual({ path: '/alerts', search: '?q=x' }));
  expect(bodies).toEqual([{ token: 't0ken' }]);
  expect(navigation.entries()).toHaveLength(1);
});

it('says so while it signs in', () => {
  start('t0ken');
  expect(screen.getByRole('status')).toHaveTextContent('Signing in');
});

it('says what to do about a link that was used', async () => {
  start('old', { replies: [{ status: 401, body: { detail: 'used' } }] });
  expect(await screen.findByText('This link no longer works')).toBeInTheDocument();
  expect(screen.getByText('It has already been used, or is older than ten minutes.')).toBeInTheDocument();
  expect(screen.getByText('npm run pharos -- login-link')).toBeInTheDocument();
});

it('says how to get a link to who has none', () => {
  const { bodies } = start('');
  expect(screen.getByText('npm run pharos -- login-link')).toBeInTheDocument();
  expect(bodies).toEqual([]);
});

it('tries again with the same token when the engine was not there', async () => {
  const { bodies, navigation } = start('t0ken', { replies: ['no answer', { status: 200, body: {} }] });
  expect(await screen.findByText(/The engine cannot be reached. The link was not used up./)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(navigation.current().path).toBe('/'));
  expect(bodies).toEqual([{ token: 't0ken' }, { token: 't0ken' }]);
});

it.each([
  ['?to=/alerts', '/alerts'],
  ['', '/'],
  ['?to=https://example.com', '/'],
  ['?to=//example.com', '/'],
  ['?to=/\\example.com', '/'],
])('%s leads to %s', (search, to) => {
  expect(targetOf(search)).toBe(to);
});
