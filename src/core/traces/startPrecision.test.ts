import { traceOfTest } from './otlpTrace.fixture.ts';
import { startPrecisions } from './startPrecision.ts';
import { epochMs } from '../units.ts';

const trace = traceOfTest('1', epochMs(0), [{ id: '1' }, { id: '2' }]);

it.each([
  [[0, 3_000_000], 1_000_000],
  [[0, 3000], 1000],
  [[0, 3], 1],
  [[0, 0.5], 1],
  [[0, Infinity], 1],
  [[0, NaN], 1],
])('of starts at %j is %d', (starts, expected) => {
  expect([...startPrecisions({ ...trace, startNs: Float64Array.from(starts) })]).toEqual([1_000_000, expected]);
});
