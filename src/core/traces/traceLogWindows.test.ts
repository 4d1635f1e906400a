import { epochMs, minutes } from '../units.ts';
import { traceLogAttempts } from './traceLogWindows.ts';

const from = epochMs(1_700_000_000_000);
const to = epochMs(from + 1000);
const widths = (now: number, withService: boolean) => {
  const { byId, byService = [] } = traceLogAttempts({ from, to }, { now: epochMs(now), withService });
  return [byId, byService].map((attempts) =>
    attempts.map(({ by, where, window }) => [by, where, (from - window.from) / 1000, (window.to - to) / 1000])
  );
};

it('looks for the id near and then further away, for a service then near in those of others, and last for what it wrote', () => {
  const byTrace = [5, 300, 3600].flatMap((by) => [
    ['trace', 'label', by, by],
    ['trace', 'text', by, by],
  ]);
  const later = from + minutes(120);
  expect(widths(later, false)).toEqual([byTrace, []]);
  expect(widths(later, true)).toEqual([
    [...byTrace, ...['label', 'text'].map((where) => ['elsewhere', where, 5, 5])],
    [5, 60, 300].map((by) => ['service', 'text', by, by]),
  ]);
});

it('knows nothing of the future', () => {
  const after = (now: number) => widths(now, false).flatMap((attempts) => attempts.map(([, , , seconds]) => seconds));
  expect(after(to + 2000)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(after(from - 5000)).toEqual(Array.from({ length: 6 }, () => -1));
});
