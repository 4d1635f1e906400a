import { minutes } from '../../core/units.ts';
import { alertsOfMap } from './alertsOfMap.ts';
import { NOW } from './map.fixture.ts';

it('leads to the open alerts, and from the past to the history of its window', () => {
  const window = minutes(15);
  expect(alertsOfMap('a b', { at: undefined, window })).toBe('/alerts?service=a+b');
  expect(alertsOfMap('cart', { at: NOW, window })).toBe(
    `/alerts?tab=history&service=cart&from=${NOW - window}&to=${NOW}`
  );
});
