import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { fakeEngine, testHost } from './fakeEngine.fixture.tsx';
import { HostContext } from './HostContext.ts';
import { createNavigation, type AddressBar } from './navigation.ts';
import { changeSearch, useQueryParams } from './useLocation.ts';

describe('changeSearch', () => {
  it.each([
    ['', { a: '1' }, '?a=1'],
    ['?a=1&b=2', { a: null }, '?b=2'],
    ['?a=1', { a: '' }, ''],
    ['?a=1&b=2', { a: '3', c: 'x,y' }, '?a=3&b=2&c=x,y'],
    ['?q=a%20b', { s: 'é&=' }, '?q=a+b&s=%C3%A9%26%3D'],
  ])('%s with %j is %s', (search, changes, next) => {
    expect(changeSearch(search, changes)).toBe(next);
  });
});

describe('useQueryParams', () => {
  const start = (at: string) => {
    const { host, navigation } = testHost(fakeEngine(), at);
    const wrapper = ({ children }: { children: ReactNode }) => (
      <HostContext.Provider value={host}>{children}</HostContext.Provider>
    );
    return { ...renderHook(() => useQueryParams(), { wrapper }), navigation };
  };

  it('reads single values and lists', () => {
    const { result } = start('/alerts?state=firing,stale&q=a');
    expect(result.current.get('q')).toBe('a');
    expect(result.current.get('nothing')).toBeUndefined();
    expect(result.current.list('state')).toEqual(['firing', 'stale']);
    expect(result.current.list('nothing')).toEqual([]);
  });

  it('replaces the step for what is typed and adds one for what opens', () => {
    const { result, navigation } = start('/alerts');
    act(() => result.current.set({ q: 'a' }));
    act(() => result.current.set({ q: 'ab' }));
    expect(navigation.entries()).toEqual(['/alerts?q=ab']);
    act(() => result.current.set({ open: 'x' }, { push: true }));
    expect(navigation.entries()).toEqual(['/alerts?q=ab', '/alerts?q=ab&open=x']);
    expect(result.current.get('open')).toBe('x');
  });

  it('keeps both of two changes in one event', () => {
    const { result, navigation } = start('/alerts');
    act(() => {
      result.current.set({ a: '1' });
      result.current.set({ b: '2' });
    });
    expect(navigation.entries()).toEqual(['/alerts?a=1&b=2']);
  });

  it('takes no step when nothing changes', () => {
    const { result, navigation } = start('/alerts?a=1');
    act(() => result.current.set({ a: '1' }, { push: true }));
    expect(navigation.entries()).toEqual(['/alerts?a=1']);
  });
});

describe('createNavigation', () => {
  const bar = (pathname: string): AddressBar & { log: string[] } => {
    const log: string[] = [];
    return {
      log,
      read: () => ({ pathname, search: '?x=1' }),
      listen: () => () => undefined,
      push: (address) => log.push(`push ${address}`),
      replace: (address) => log.push(`replace ${address}`),
      href: (address) => `/sub${address}`,
    };
  };

  it('sees places within its base, and goes to them with it', () => {
    const addressBar = bar('/a/app/alerts/1');
    const navigation = createNavigation(addressBar, '/a/app');
    expect(navigation.current()).toEqual({ path: '/alerts/1', search: '?x=1' });
    expect(navigation.current()).toBe(navigation.current());
    navigation.go('/alerts?y=2');
    navigation.go('/', { replace: true });
    expect(addressBar.log).toEqual(['push /a/app/alerts?y=2', 'replace /a/app/']);
    expect(navigation.href('/alerts')).toBe('/sub/a/app/alerts');
  });

  it('is at the root where only its base stands', () => {
    expect(createNavigation(bar('/a/app'), '/a/app').current().path).toBe('/');
  });
});
