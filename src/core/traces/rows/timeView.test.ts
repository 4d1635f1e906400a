import fc from 'fast-check';
import { clampView, isWhole, panView, shareOf, ticksOf, wholeTrace, zoomView } from './timeView.ts';

const duration = fc.integer({ min: 0, max: 1e12 });
const moment = fc.double({ min: -1e12, max: 2e12, noNaN: true });

describe('a stretch of time', () => {
  it('lies within the trace whatever is asked for', () => {
    fc.assert(
      fc.property(duration, moment, moment, (durationNs, fromNs, toNs) => {
        const view = clampView({ fromNs, toNs }, durationNs);
        expect(view.fromNs).toBeGreaterThanOrEqual(0);
        expect(view.toNs).toBeLessThanOrEqual(wholeTrace(durationNs).toNs + 1e-3);
        expect(view.toNs).toBeGreaterThan(view.fromNs);
      })
    );
  });

  it('looks closer around a moment, which stays where it is', () => {
    const view = zoomView(wholeTrace(1e9), 1e9, { factor: 0.5, aroundNs: 0.25e9 });
    expect(view).toEqual({ fromNs: 0.125e9, toNs: 0.625e9 });
    expect(shareOf(view, 0.25e9)).toBe(0.25);
  });

  it('goes back to the whole when it looks wide enough', () => {
    const close = clampView({ fromNs: 4e8, toNs: 6e8 }, 1e9);
    expect(isWhole(close, 1e9)).toBe(false);
    expect(isWhole(zoomView(close, 1e9, { factor: 10 }), 1e9)).toBe(true);
  });

  it('moves by a share of itself and stops at the end', () => {
    const view = clampView({ fromNs: 0, toNs: 100_000 }, 1e6);
    expect(panView(view, 1e6, 0.5)).toEqual({ fromNs: 50_000, toNs: 150_000 });
    expect(panView(view, 1e6, 100)).toEqual({ fromNs: 900_000, toNs: 1e6 });
    expect(panView(view, 1e6, -1)).toEqual(view);
  });

  it('looks no closer than a microsecond', () => {
    expect(clampView({ fromNs: 10, toNs: 10 }, 1e6)).toEqual({ fromNs: 10, toNs: 1010 });
  });

  it('has ticks at steps of 1, 2 or 5', () => {
    expect(ticksOf({ fromNs: 0, toNs: 1e9 }, 5)).toEqual([0, 2e8, 4e8, 6e8, 8e8, 1e9]);
    expect(ticksOf({ fromNs: 1_500, toNs: 3_500 }, 4)).toEqual([1_500, 2_000, 2_500, 3_000, 3_500]);
  });
});
