import { formatAbsolute, formatClock, formatRelative } from './formatTime.ts';

const m = 60_000;
const h = 60 * m;

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [-1500, 'just now'],
    [-3000, '3 s ago'],
    [-6 * m, '6 m ago'],
    [2 * h, 'in 2 h'],
  ])('%d ms from now is %s', (offset, text) => {
    expect(formatRelative(1e12 + offset, 1e12)).toBe(text);
  });
});

describe('clock times', () => {
  const at = Date.UTC(2026, 10, 21, 14, 2, 7);
  it('stand in the viewer’s zone', () => {
    expect(formatAbsolute(at, 'utc')).toBe('2026-11-21 14:02:07');
    expect(formatAbsolute(at, 'Asia/Tokyo')).toBe('2026-11-21 23:02:07');
  });
  it('name the day only when it is another one, there', () => {
    expect(formatClock(at, at + h, 'utc')).toBe('14:02');
    expect(formatClock(at, at + h, 'Asia/Tokyo')).toBe('11-21 23:02');
  });
});
