import {
  formatAbsolute,
  formatClock,
  formatField,
  formatRelative,
  formatSpan,
  parseField,
  zoneName,
} from './formatTime.ts';

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

describe('the field of a date and time', () => {
  const at = Date.UTC(2026, 10, 21, 14, 10);

  it.each([
    ['utc', '2026-11-21T14:10'],
    ['Europe/Berlin', '2026-11-21T15:10'],
    ['America/New_York', '2026-11-21T09:10'],
    ['Asia/Kolkata', '2026-11-21T19:40'],
  ])('holds and reads the time of %s', (zone, text) => {
    expect(formatField(at + 37_000, zone)).toBe(text);
    expect(parseField(text, zone)).toBe(at);
  });

  it('knows the offset of the day that is meant', () => {
    expect(parseField('2026-07-01T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 1, 10));
  });

  it.each(['', '2026-11-21', '21.11.2026 14:10', 'tomorrow', '2026-13-45T14:10'])('does not read "%s"', (text) => {
    expect(parseField(text, 'utc')).toBeUndefined();
  });
});

it('names zones', () => {
  expect(['browser', 'utc', 'Europe/Berlin'].map(zoneName)).toEqual(['browser time', 'UTC', 'Europe/Berlin']);
});
