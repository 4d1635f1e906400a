import fc from 'fast-check';
import { binAt, durationBins } from './durationBins.ts';
import { MARGIN, type PlotPoint } from './plotScale.ts';

const HEIGHT = MARGIN.top + MARGIN.bottom + 100;
const pointAt = (y: number, failed = false): PlotPoint => ({ traceId: `${y}`, x: 0, y: MARGIN.top + y, failed });

it('counts every point once, in the bin at its height', () => {
  const heights = fc.array(fc.double({ min: 0, max: 100, noNaN: true }));
  fc.assert(
    fc.property(heights, (ys) => {
      const points = ys.map((y) => pointAt(y));
      const bins = durationBins(points, HEIGHT);
      expect(bins.flatMap((bin) => bin.points)).toHaveLength(ys.length);
      points
        .filter(({ y }) => y < HEIGHT - MARGIN.bottom)
        .forEach((point) => expect(binAt(bins, point.y)?.points).toContain(point));
    })
  );
});

it('has bins of ten pixels, with those that failed in each', () => {
  const bins = durationBins([pointAt(0), pointAt(9.9, true), pointAt(10), pointAt(100, true)], HEIGHT);
  expect(bins.map(({ points, failed }) => `${points.length}/${failed}`)).toEqual([
    ...['2/1', '1/0', '0/0', '0/0', '0/0', '0/0', '0/0', '0/0', '0/0', '1/1'],
  ]);
  expect(bins[1]).toMatchObject({ top: MARGIN.top + 10, height: 10 });
});

it('has none beyond the frame', () => {
  const bins = durationBins([], HEIGHT);
  expect(binAt(bins, MARGIN.top - 1)).toBeUndefined();
  expect(binAt(bins, HEIGHT - MARGIN.bottom)).toBeUndefined();
});
