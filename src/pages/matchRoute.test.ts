import { matchRoute } from './matchRoute.ts';

const routes = [{ path: '/' }, { path: '/alerts' }, { path: '/alerts/:id' }];

describe('matchRoute', () => {
  it.each([
    ['/', '/'],
    ['', '/'],
    ['/alerts', '/alerts'],
    ['/alerts/', '/alerts'],
    ['/alerts/a1', '/alerts/:id'],
  ])('%s is %s', (path, route) => {
    expect(matchRoute(routes, path)?.route.path).toBe(route);
  });

  it('hands over parameters decoded', () => {
    expect(matchRoute(routes, '/alerts/a%2Fb')?.params).toEqual({ id: 'a/b' });
  });

  it('takes a broken escape as it stands', () => {
    expect(matchRoute(routes, '/alerts/100%')?.params).toEqual({ id: '100%' });
  });

  it('knows when there is no such page', () => {
    expect(matchRoute(routes, '/alerts/a/b')).toBeUndefined();
    expect(matchRoute(routes, '/nothing')).toBeUndefined();
  });
});
