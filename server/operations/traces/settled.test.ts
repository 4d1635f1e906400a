import { EPOCH_NS, traceOf } from '../../../src/core/traces/testTrace.fixture.ts';
import { addMs, epochMs, seconds } from '../../../src/core/units.ts';
import { believedEnd, isSettled } from './settled.ts';

const MS = 1_000_000;
const AT = epochMs(Number(EPOCH_NS / 1_000_000n));
const trace = traceOf([
  { id: '1', from: 0, to: 100 * MS },
  { id: '2', parent: '1', from: 0, to: 50 * MS },
  { id: '3', parent: '1', from: 60_000 * MS, to: 60_010 * MS },
]);

it('is the newest end, as far as it is not ahead of now by more than clocks differ', () => {
  expect(believedEnd(trace, addMs(AT, seconds(30.01)))).toBe(AT + 60_010);
  expect(believedEnd(trace, addMs(AT, seconds(30.009)))).toBe(AT + 100);
  expect(believedEnd(trace, addMs(AT, seconds(-31)))).toBeNull();
});

it('is settled half a minute after the end, and at once where no end can be believed', () => {
  expect(isSettled(AT, addMs(AT, seconds(29.999)))).toBe(false);
  expect(isSettled(AT, addMs(AT, seconds(30)))).toBe(true);
  expect(isSettled(null, AT)).toBe(true);
});
