import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { searchTraces } from '../../api/traces.ts';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import { changesTo, readRecent, remember, searchIn, type RecentSearch } from './searchMemory.ts';
import { Traces } from './Traces.tsx';
import { searched, world } from './tracesWorld.fixture.ts';

const KEY = 'pharos.traceSearches';

const start = (at: string, engine = world()) => ({
  ...renderPage(<Traces />, { engine, at }),
  user: userEvent.setup(),
});
const button = () => screen.findByRole('button', { name: 'Recent searches' });
const inAddress = (search: string) => {
  const params = new URLSearchParams(search);
  return searchIn((name) => params.get(name) ?? undefined);
};

beforeEach(() => window.localStorage.clear());
afterEach(() => void jest.restoreAllMocks());

describe('what is remembered', () => {
  it('is what an address asks for, and not how and when', () => {
    expect(inAddress('?service=shop&min=300ms&from=now-6h&sort=slowest&ids=a')).toEqual({
      service: 'shop',
      min: '300ms',
    });
    expect(inAddress('?service=shop&q={ status = error }')).toEqual({ q: '{ status = error }' });
    expect(inAddress('?from=now-6h')).toBeUndefined();
    expect(inAddress('?q={ }')).toBeUndefined();
  });

  it('comes back whole, and takes away what was set besides', () => {
    expect(changesTo({ service: 'shop' })).toEqual({
      service: 'shop',
      q: null,
      operation: null,
      status: null,
      min: null,
      max: null,
      attr: null,
    });
  });

  it('is the latest eight, each once', () => {
    for (let at = 0; at < 10; at += 1) {
      remember({ q: `{ .n = ${at} }` });
    }
    remember({ q: '{ .n = 5 }' });
    expect(readRecent().map(({ q }) => q)).toEqual([5, 9, 8, 7, 6, 4, 3, 2].map((at) => `{ .n = ${at} }`));
  });

  it('takes the place of what it goes on from', () => {
    remember({ service: 'shop' });
    remember({ service: 'shop', status: 'error' });
    remember({ service: 'mail' });
    expect(readRecent()).toEqual([{ service: 'mail' }, { service: 'shop', status: 'error' }]);
  });

  it.each([['nonsense'], ['{}'], ['[{"service":7}]'], ['[{"constructor":"x"}]'], ['[{}]']])(
    'is nothing where something else is stored: %s',
    (text) => {
      window.localStorage.setItem(KEY, text);
      expect(readRecent()).toEqual([]);
    }
  );

  it('is nothing where the browser stores nothing', () => {
    const refuse = () => {
      throw new DOMException('no storage', 'SecurityError');
    };
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    remember({ service: 'shop' });
    expect(readRecent()).toEqual([]);
  });
});

describe('recent searches', () => {
  const offered = async (user: ReturnType<typeof userEvent.setup>) => {
    await user.click(await button());
    return within(await screen.findByRole('menu')).getAllByRole('menuitem');
  };

  it('are not offered before there are any', async () => {
    start('/traces');
    expect(await screen.findByText(/^3 traces/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Recent searches' })).not.toBeInTheDocument();
  });

  it('are those that were answered, and are searched again in the time that is set, with a step for Back', async () => {
    const long: RecentSearch = { q: `{ name = "${'x'.repeat(60)}" }` };
    remember(long);
    const { user, navigation } = start('/traces?service=checkout&status=error&min=300ms&from=now-6h');
    await waitFor(() => expect(readRecent()).toHaveLength(2));
    const items = await offered(user);
    expect(items.map((item) => item.textContent)).toEqual([
      'checkout, error, > 300ms',
      `${long['q']?.slice(0, 39)}…`,
      'Forget these searches',
    ]);
    await user.click(items[1] ?? document.body);
    const search = new URLSearchParams(navigation.current().search);
    expect([...search]).toEqual([
      ['from', 'now-6h'],
      ['q', long['q']],
    ]);
    expect(navigation.entries()).toHaveLength(2);
    expect(readRecent()[0]).toEqual(long);
  });

  it('can be forgotten', async () => {
    remember({ service: 'shop' });
    const { user } = start('/traces');
    const items = await offered(user);
    await user.click(items.at(-1) ?? document.body);
    expect(readRecent()).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Recent searches' })).not.toBeInTheDocument();
  });

  it('are no queries that the source refused', async () => {
    const engine = world().on(searchTraces, () => searched([], { problem: 'parse error at line 1' }));
    start('/traces?q={ oops', engine);
    expect(await screen.findByText('parse error at line 1')).toBeInTheDocument();
    expect(readRecent()).toEqual([]);
  });
});
