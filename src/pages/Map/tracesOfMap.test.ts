import { epochMs, hours, minutes } from '../../core/units.ts';
import { comparisonOfMap, tracesOfMap } from './tracesOfMap.ts';

it('goes on in the window that the map shows', () => {
  expect(tracesOfMap({ service: 'checkout' }, { at: undefined, window: minutes(15) })).toBe(
    '/traces?service=checkout&from=now-15m&to=now'
  );
  const at = epochMs(1_763_733_720_000);
  expect(tracesOfMap({ service: 'a b', tab: 'calls' }, { at, window: minutes(5) })).toBe(
    `/traces?service=a+b&tab=calls&from=${at - minutes(5)}&to=${at}`
  );
});

const NOW = epochMs(1_763_733_720_000);
const compared = (params: Parameters<typeof comparisonOfMap>[1]) =>
  Object.fromEntries(new URLSearchParams(comparisonOfMap('cart', params)?.split('?')[1]));
const q = '{ resource.service.name = "cart" }';

it('compares what the map compares', () => {
  const window = minutes(15);
  expect(comparisonOfMap('cart', { at: undefined, window, baseline: undefined })).toBeUndefined();
  expect(compared({ at: undefined, window, baseline: { at: NOW } })).toEqual({
    kind: 'time',
    q,
    at: String(NOW),
    each: '15m',
  });
  expect(compared({ at: undefined, window, baseline: { ago: hours(1) } })).toEqual({
    kind: 'queries',
    a: q,
    b: q,
    afrom: 'now-4500s',
    ato: 'now-3600s',
    from: 'now-900s',
    to: 'now',
  });
  expect(compared({ at: NOW, window, baseline: { ago: hours(1) } })).toEqual({
    ...{ kind: 'queries', a: q, b: q, afrom: String(NOW - 4_500_000), ato: String(NOW - 3_600_000) },
    ...{ from: String(NOW - 900_000), to: String(NOW) },
  });
});
