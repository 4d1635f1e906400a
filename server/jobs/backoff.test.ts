import fc from 'fast-check';
import { durationMs, hours } from '../../src/core/units.ts';
import { backoff, isExhausted } from './backoff.ts';

describe('backoff', () => {
  it.each([
    [0, 1000],
    [1, 2000],
    [4, 16_000],
    [9, 300_000],
    [49, 300_000],
  ])('after %i failures waits at most %i ms', (attempts, ceiling) => {
    expect(backoff(attempts, null, () => 0)).toBe(0);
    expect(backoff(attempts, null, () => 0.5)).toBe(ceiling / 2);
    expect(backoff(attempts, null, () => 0.999_999)).toBeLessThanOrEqual(ceiling);
  });

  it('waits at least as long as it was asked to, up to an hour', () => {
    expect(backoff(0, 30_000, () => 0.5)).toBe(30_000);
    expect(backoff(0, 86_400_000, () => 0.5)).toBe(hours(1));
    fc.assert(
      fc.property(fc.nat(60), fc.nat(3_600_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, asked, r) => {
        expect(backoff(n, asked, () => r)).toBeGreaterThanOrEqual(asked);
      })
    );
  });
});

describe('isExhausted', () => {
  it('gives up after 50 attempts or 12 hours', () => {
    expect(isExhausted(49, hours(11))).toBe(false);
    expect(isExhausted(50, durationMs(0))).toBe(true);
    expect(isExhausted(1, hours(12))).toBe(true);
  });
});
