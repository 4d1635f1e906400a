import { epochMs, hours, minutes } from '../../core/units.ts';
import { baselineEnd, readMapParams, windowSince, writeAt, writeChosen, writeWindow } from './mapParams.ts';
import { NOW } from './map.fixture.ts';

const read = (search: string) => {
  const params = new URLSearchParams(search);
  return readMapParams({ get: (name) => params.get(name) ?? undefined });
};

it('reads an address', () => {
  expect(
    read(
      'at=2026-11-21T14:10:00Z&window=1h&baseline=1d&around=web&depth=2&errors=1&namespace=shop&q=pay&node=web&view=list'
    )
  ).toEqual({
    ...{ at: NOW, window: hours(1), baseline: { ago: hours(24) }, around: 'web', depth: 2, errorsOnly: true },
    ...{ namespace: 'shop', search: 'pay', chosen: { node: 'web' }, view: 'list' },
  });
  expect(read('baseline=2026-11-21T14:10:00Z&edge=a')).toMatchObject({ baseline: { at: NOW }, chosen: { edge: 'a' } });
});

it.each(['', 'at=soon&window=1s&baseline=-3&depth=0&view=3d&errors=yes', 'window=x&depth=2.5&baseline=0s'])(
  'takes %j as if nothing were said',
  (search) => {
    expect(read(search)).toMatchObject({
      ...{ at: undefined, window: minutes(15), baseline: undefined, depth: 1, errorsOnly: false, chosen: null },
      view: undefined,
    });
  }
);

it('writes no more than is needed', () => {
  expect([writeWindow(minutes(15)), writeWindow(hours(1))]).toEqual([null, '1h']);
  expect([writeAt(NOW, NOW + 59_000), writeAt(NOW, NOW + 61_000)]).toEqual([null, '2026-11-21T14:10:00.000Z']);
  expect(writeChosen({ edge: 'a → b' })).toEqual({ node: null, edge: 'a → b' });
  expect(writeChosen(null)).toEqual({ node: null, edge: null });
});

it('finds the end of the baseline, which lies before that of the map', () => {
  expect(baselineEnd(undefined, NOW)).toBeUndefined();
  expect(baselineEnd({ ago: hours(1) }, NOW)).toBe(NOW - hours(1));
  expect(baselineEnd({ at: epochMs(NOW - 5) }, NOW)).toBe(NOW - 5);
  expect(baselineEnd({ at: NOW }, NOW)).toBeUndefined();
});

it('looks only at what came after a moment', () => {
  const since = (ago: number, window: number) => windowSince(epochMs(NOW - minutes(ago)), NOW, minutes(window));
  expect([since(200, 15), since(20, 60), since(7, 15), since(2, 15), since(0.2, 15)]).toEqual(
    [15, 15, 5, 1, 1].map(minutes)
  );
  expect(since(4, 3)).toBe(minutes(3));
});
