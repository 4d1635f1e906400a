import { asksForSomething, describeParams, paramsToShow, readViewParams, sameParams } from './viewParams.ts';

const address = (search: string) => {
  const all = new URLSearchParams(search);
  return { get: (name: string) => all.get(name) ?? undefined };
};

it('keeps what is shown and how, not what is selected or folded', () => {
  expect(
    readViewParams(address('severity=error,critical&team=shop&group=service&selected=a&collapsed=x&limit=300&view=v1'))
  ).toEqual({ severity: 'critical,error', team: 'shop', group: 'service' });
  expect(readViewParams(address(''))).toEqual({});
});

it('takes lists in another order for the same, and texts not', () => {
  expect(sameParams({ severity: 'a,b' }, { severity: 'b,a' })).toBe(true);
  expect(sameParams({ q: 'a,b' }, { q: 'b,a' })).toBe(false);
  expect(sameParams({ team: 'shop' }, {})).toBe(false);
  expect(sameParams({ later: 'x' }, {})).toBe(true);
});

it('shows a view and nothing else', () => {
  expect(paramsToShow({ team: 'shop' })).toMatchObject({ team: 'shop', severity: null, q: null, selected: null });
});

it('knows whether a link asks for something', () => {
  expect(asksForSomething(address(''))).toBe(false);
  expect(asksForSomething(address('tab=open'))).toBe(false);
  expect(asksForSomething(address('q=x'))).toBe(true);
  expect(asksForSomething(address('view=all'))).toBe(true);
});

it('says in words what a view shows', () => {
  expect(describeParams({ severity: 'critical,error', team: String.raw`web\, EU`, ack: 'no', group: 'team' })).toBe(
    'severity critical, error; team web, EU; unacknowledged; grouped by team'
  );
  expect(describeParams({})).toBe('every open alert');
});
