import fc from 'fast-check';
import { parseLabels } from './parseLabels.ts';
import {
  draftOf,
  hasNoDefault,
  isSameRoutes,
  matchDraft,
  matchersWords,
  routesOf,
  routesReducer,
  unreachableRoutes,
} from './routesEditor.ts';

const to = (receiver: string, name?: string, goesOn = false) => ({
  receiver,
  matchers: name === undefined ? [] : [{ name, op: '=~' as const, value: 'a|b' }],
  continue: goesOn,
});
const table = { items: [to('pager', 'severity'), to('shop', 'team'), to('rest')] };
const receivers = (draft: ReturnType<typeof draftOf>) => draft.routes.map(({ receiver }) => receiver);

describe('routesReducer', () => {
  it('moves a route one place, and no further than the ends', () => {
    const draft = draftOf(table);
    expect(receivers(routesReducer(draft, { kind: 'move', key: 1, by: -1 }))).toEqual(['shop', 'pager', 'rest']);
    expect(receivers(routesReducer(draft, { kind: 'move', key: 1, by: 1 }))).toEqual(['pager', 'rest', 'shop']);
    expect(receivers(routesReducer(draft, { kind: 'move', key: 0, by: -1 }))).toEqual(['pager', 'shop', 'rest']);
    expect(receivers(routesReducer(draft, { kind: 'move', key: 2, by: 1 }))).toEqual(['pager', 'shop', 'rest']);
  });

  it('gives a new route a key that no other has had', () => {
    const removed = routesReducer(draftOf(table), { kind: 'remove', key: 2 });
    const added = routesReducer(removed, { kind: 'add', receiver: 'new' });
    expect(added.routes.map(({ key }) => key)).toEqual([0, 1, 3]);
  });

  it('loses and invents no route, however they are moved', () => {
    const moves = fc.array(fc.record({ key: fc.nat(3), by: fc.constantFrom(-1 as const, 1 as const) }));
    fc.assert(
      fc.property(moves, (steps) => {
        const end = steps.reduce((draft, step) => routesReducer(draft, { kind: 'move', ...step }), draftOf(table));
        expect(receivers(end).toSorted()).toEqual(['pager', 'rest', 'shop']);
      })
    );
  });

  it('knows whether anything changed', () => {
    const draft = draftOf(table);
    expect(isSameRoutes(draft, table)).toBe(true);
    expect(routesOf(draft)).toEqual(table.items);
    const changed = routesReducer(draft, { kind: 'change', key: 0, change: { continue: true } });
    expect(isSameRoutes(changed, table)).toBe(false);
  });
});

describe('routes', () => {
  it('finds those that no alert comes to', () => {
    expect([...unreachableRoutes([to('a'), to('b', 'team'), to('c')])]).toEqual([1, 2]);
    expect([...unreachableRoutes([to('a', undefined, true), to('b')])]).toEqual([]);
  });

  it('knows whether every alert reaches somebody', () => {
    expect(hasNoDefault(table.items)).toBe(false);
    expect(hasNoDefault([to('a', 'team')])).toBe(true);
    expect(hasNoDefault([])).toBe(true);
  });

  it('says where an alert would go before it is saved', () => {
    expect(matchDraft(draftOf(table), { team: 'b' })).toEqual({ receivers: ['shop'], routes: [1] });
    expect(matchDraft(draftOf(table), { team: 'bb' })).toEqual({ receivers: ['rest'], routes: [2] });
  });

  it('says what a route matches', () => {
    expect(matchersWords(table.items[0]?.matchers ?? [])).toBe('severity=~"a|b"');
    expect(matchersWords([])).toBe('every alert');
  });
});

describe('parseLabels', () => {
  it.each([
    ['severity=critical service=checkout', { severity: 'critical', service: 'checkout' }],
    ['severity=critical, team="a, b"', { severity: 'critical', team: 'a, b' }],
    ['', {}],
  ])('reads %s', (text, labels) => {
    expect(parseLabels(text)).toEqual({ ok: true, labels });
  });

  it.each(['critical', 'severity!=critical', '=x'])('asks for name=value instead of %s', (text) => {
    expect(parseLabels(text)).toEqual({
      ok: false,
      message: `“${text}” is not a valid label: enter name=value, such as severity=critical.`,
    });
  });
});
