import fc from 'fast-check';
import type { Matcher } from '../matchers.ts';
import { compileRoutes, matchRoutes, type Route } from './route.ts';

const regex = (pattern: string) => {
  const compiled = new RegExp(`^(?:${pattern})$`, 's');
  return (text: string) => compiled.test(text);
};
const is = (name: string, value: string): Matcher => ({ name, op: '=', value });
const to = (receiver: string, matchers: readonly Matcher[] = [], goOn = false): Route => ({
  receiver,
  matchers,
  continue: goOn,
});
const match = (routes: readonly Route[], labels: Record<string, string>) =>
  matchRoutes(compileRoutes(routes, regex), labels);

describe('matchRoutes', () => {
  it('takes the first route that matches', () => {
    const routes = [to('shop', [is('team', 'shop')]), to('pager', [is('severity', 'critical')]), to('rest')];
    expect(match(routes, { team: 'shop', severity: 'critical' })).toEqual({ receivers: ['shop'], routes: [0] });
    expect(match(routes, { severity: 'critical' })).toEqual({ receivers: ['pager'], routes: [1] });
    expect(match(routes, {})).toEqual({ receivers: ['rest'], routes: [2] });
  });

  it('goes on after a route that says so, and names each receiver once', () => {
    const routes = [to('archive', [], true), to('pager', [is('a', '1')], true), to('archive'), to('never')];
    expect(match(routes, { a: '1' })).toEqual({ receivers: ['archive', 'pager'], routes: [0, 1, 2] });
  });

  it('names nobody when nothing matches', () => {
    expect(match([to('x', [is('a', '1')])], {})).toEqual({ receivers: [], routes: [] });
  });

  it('never goes past a matching route without continue, and never skips an earlier match', () => {
    const anyRoute = fc.record({
      receiver: fc.constantFrom('a', 'b', 'c'),
      matchers: fc.array(
        fc.record({ name: fc.constantFrom('x', 'y'), op: fc.constant('=' as const), value: fc.constantFrom('', '1') }),
        {
          maxLength: 2,
        }
      ),
      continue: fc.boolean(),
    });
    const labels = fc.record({ x: fc.constantFrom('', '1'), y: fc.constantFrom('', '1') });
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 8 }), labels, (routes, set) => {
        const matching = compileRoutes(routes, regex).flatMap((route, index) => (route.matches(set) ? [index] : []));
        const stop = matching.findIndex((index) => routes[index]?.continue === false);
        expect(match(routes, set).routes).toEqual(stop === -1 ? matching : matching.slice(0, stop + 1));
      })
    );
  });
});
