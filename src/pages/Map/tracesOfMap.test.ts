import { epochMs, minutes } from '../../core/units.ts';
import { tracesOfMap } from './tracesOfMap.ts';

it('goes on in the window that the map shows', () => {
  expect(tracesOfMap('checkout', { at: undefined, window: minutes(15) })).toBe(
    '/traces?service=checkout&from=now-15m&to=now'
  );
  const at = epochMs(1_763_733_720_000);
  expect(tracesOfMap('a b', { at, window: minutes(5) })).toBe(`/traces?service=a+b&from=${at - minutes(5)}&to=${at}`);
});
