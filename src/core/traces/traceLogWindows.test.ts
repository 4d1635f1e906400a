import { epochMs, minutes } from '../units.ts';
import { traceLogAttempts } from './traceLogWindows.ts';

const from = epochMs(1_700_000_000_000);
const to = epochMs(from + 1000);
const widths = (now: number, withService: boolean) =>
  traceLogAttempts({ from, to }, { now: epochMs(now), withService }).map(({ by, where, window }) => [
    ...[by, where, (from - window.from) / 1000, (window.to - to) / 1000],
  ]);

it('looks for the id near and then further away, for a service then in those of others, and last for what it wrote', () => {
  const byTrace = [5, 300, 3600].flatMap((by) => [
    ['trace', 'label', by, by],
    ['trace', 'text', by, by],
  ]);
  const later = from + minutes(120);
  expect(widths(later, false)).toEqual(byTrace);
  expect(widths(later, true)).toEqual([
    ...byTrace,
    ...[300, 3600].flatMap((by) => ['label', 'text'].map((where) => ['elsewhere', where, by, by])),
    ...[5, 60, 300].map((by) => ['service', 'text', by, by]),
  ]);
});

it('knows nothing of the future', () => {
  expect(widths(to + 2000, false).map(([, , , after]) => after)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(widths(from - 5000, false).map(([, , , after]) => after)).toEqual(Array.from({ length: 6 }, () => -1));
});
