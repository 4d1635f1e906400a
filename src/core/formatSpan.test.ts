import { formatHold, formatSpan } from './formatSpan.ts';
import { durationMs } from './units.ts';

const m = 60_000;
const h = 60 * m;

describe('formatSpan', () => {
  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [12_400, '12 s'],
    [m, '1 m'],
    [6 * m + 59_000, '6 m'],
    [h, '1 h'],
    [h + 4 * m, '1 h 4 m'],
    [51 * h, '2 d 3 h'],
    [48 * h, '2 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe('formatHold', () => {
  it.each([
    [0, '0 s'],
    [500, '500 ms'],
    [1500, '1 s 500 ms'],
    [90_000, '1 m 30 s'],
    [h + 30 * m, '1 h 30 m'],
    [25 * h + 1000, '1 d 1 h 1 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatHold(durationMs(ms))).toBe(text);
  });
});
