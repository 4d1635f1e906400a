import fc from 'fast-check';
import { epochMs } from '../../src/core/units.ts';
import { createStormBound } from './stormBound.ts';

/** Sends as early as allowed at each of the wished times; returns when. */
function send(gaps: readonly number[]): number[] {
  const bound = createStormBound();
  let now = 0;
  return gaps.map((gap) => {
    now = bound.freeAt('ops', epochMs(now + gap));
    bound.take('ops', epochMs(now));
    return now;
  });
}

describe('createStormBound', () => {
  it('lets three through at once, then one each 10 s', () => {
    expect(send([0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 10_000, 20_000, 30_000]);
  });

  it('never lets more than five through in any 30 s, and never holds one back for longer than 10 s', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 60 }), (gaps) => {
        const times = send(gaps);
        for (const start of times) {
          expect(times.filter((at) => at >= start && at < start + 30_000).length).toBeLessThanOrEqual(5);
        }
        times.forEach((at, index) => {
          expect(at - ((times[index - 1] ?? 0) + (gaps[index] ?? 0))).toBeLessThanOrEqual(10_000);
        });
      })
    );
  });

  it('is full again after quiet, and counts each receiver alone', () => {
    expect(send([0, 0, 0, 40_000, 0, 0]).slice(3)).toEqual([40_000, 40_000, 40_000]);
    const bound = createStormBound();
    for (const _ of [1, 2, 3]) {
      bound.take('ops', epochMs(0));
    }
    expect(bound.freeAt('ops', epochMs(0))).toBe(10_000);
    expect(bound.freeAt('pager', epochMs(0))).toBe(0);
  });
});
