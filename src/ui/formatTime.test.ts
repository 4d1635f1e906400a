import {
  formatAbsolute,
  formatClock,
  formatField,
  formatInstant,
  formatRelative,
  formatWindow,
  parseField,
  zoneName,
} from './formatTime.ts';

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
  it('have milliseconds where things happen within a minute', () => {
    expect(formatInstant(at + 12, 'utc')).toBe('14:02:07.012');
  });
  it.each([
    [30_000, h, '14:02:07 to 14:02:37'],
    [h, h, '14:02 to 15:02'],
    [30_000, 24 * h, '11-21 14:02:07 to 14:02:37'],
    [11 * h, 2 * h, '14:02 to 11-22 01:02'],
  ])('of a stretch of %i ms, seen %i ms later, are %s', (length, later, text) => {
    expect(formatWindow({ from: at, to: at + length }, at + later, 'utc')).toBe(text);
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
