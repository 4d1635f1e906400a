import fc from 'fast-check';
import { boxOf, isWithin, layPlot, MARGIN, nearestPoint, timeTicks } from './plotScale.ts';

const SIZE = { width: 600, height: 220 };
const plotOf = (durations: readonly number[], scale: 'log' | 'linear') =>
  layPlot({ from: 1000, to: 2000, durations, scale }, SIZE);
const scales = fc.constantFrom('log' as const, 'linear' as const);
const durations = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { maxLength: 20 });

it('lays every trace inside of the frame, the later to the right and the longer above', () => {
  fc.assert(
    fc.property(durations, scales, fc.array(fc.integer({ min: 0, max: 3000 })), (all, scale, starts) => {
      const plot = plotOf(all, scale);
      const heights = all.toSorted((a, b) => a - b).map((ms) => plot.y(ms));
      const places = starts.toSorted((a, b) => a - b).map((at) => plot.x(at));
      expect(heights).toEqual(heights.toSorted((a, b) => b - a));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      heights.forEach((y) => {
        expect(y).toBeGreaterThanOrEqual(MARGIN.top);
        expect(y).toBeLessThanOrEqual(SIZE.height - MARGIN.bottom);
      });
      places.forEach((x) => {
        expect(x).toBeGreaterThanOrEqual(MARGIN.left);
        expect(x).toBeLessThanOrEqual(SIZE.width - MARGIN.right);
      });
    })
  );
});

it('has a line for each power of ten that durations lie between', () => {
  expect(plotOf([12, 340, 2640], 'log').ticks).toEqual([10, 100, 1000, 10_000]);
  expect(plotOf([0], 'log').ticks).toEqual([0.01, 0.1]);
  expect(plotOf([400, 100], 'linear').ticks).toEqual([100, 200, 300, 400]);
});

it('puts one moment without a stretch of time into the middle', () => {
  const plot = layPlot({ from: 5, to: 5, durations: [1], scale: 'log' }, SIZE);
  expect(plot.x(5)).toBe(MARGIN.left + (SIZE.width - MARGIN.left - MARGIN.right) / 2);
});

it('labels both ends of the time, and as much between as there is room for', () => {
  expect(timeTicks(0, 100, 120)).toEqual([0, 100]);
  expect(timeTicks(0, 100, MARGIN.left + MARGIN.right + 4 * 130)).toEqual([0, 25, 50, 75, 100]);
});

const point = (traceId: string, x: number, y: number) => ({ traceId, x, y, failed: false });

it('takes the nearest point, of equals the one on top, and none that is far', () => {
  const points = [point('a', 0, 0), point('b', 10, 0), point('c', 10, 0)];
  expect(nearestPoint(points, { x: 2, y: 1 }, 12)?.traceId).toBe('a');
  expect(nearestPoint(points, { x: 9, y: 0 }, 12)?.traceId).toBe('c');
  expect(nearestPoint(points, { x: 40, y: 40 }, 12)).toBeUndefined();
});

it('draws the same box from any corner, its edges within', () => {
  const box = boxOf({ x: 9, y: 2 }, { x: 3, y: 8 });
  expect(box).toEqual({ left: 3, right: 9, top: 2, bottom: 8 });
  expect(boxOf({ x: 3, y: 8 }, { x: 9, y: 2 })).toEqual(box);
  expect([isWithin(box, { x: 3, y: 8 }), isWithin(box, { x: 2.9, y: 8 })]).toEqual([true, false]);
});
