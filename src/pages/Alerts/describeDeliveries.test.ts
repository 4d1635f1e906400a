import { delivery } from './alerts.fixture.tsx';
import { describeDeliveries } from './describeDeliveries.ts';

it('describes where the news got to', () => {
  const deliveries = [delivery('a'), delivery('a', { receiver: 'oncall', state: 'failed' })];
  expect(describeDeliveries(deliveries)).toBe('demo-inbox ✓, oncall failed');
});
