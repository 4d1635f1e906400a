import type { LogLine, LogPattern } from './evidence.ts';
import { LOG_LEVELS, type LogLevel } from './logLevel.ts';

/** What differs between lines that say the same, most special first: a UUID is made of numbers too. */
const VARIABLE = new RegExp(
  [
    String.raw`\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b`,
    String.raw`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`,
    String.raw`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b`,
    String.raw`\b0x[0-9a-f]+\b`,
    // Ids: letters and digits mixed. Hexadecimal digits without a number may be a word.
    String.raw`\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b`,
    String.raw`(?<![\w.])-?\d+(?:\.\d+)?(?=(?:ns|µs|us|ms|s|m|h|%|B|KB|MB|GB|KiB|MiB|GiB)?(?!\w))`,
    String.raw`(?<=[_-])\d+\b`,
  ].join('|'),
  'gi'
);

const MOST_PATTERNS = 10;

/** A message with what varies between its like replaced by `<*>`. */
export const patternOf = (message: string): string => message.replace(VARIABLE, '<*>').replace(/\s+/g, ' ').trim();

/** What lines have in common: patterns that occur more than once, most frequent first, then the heavier level. */
export function logPatterns(lines: ReadonlyArray<Pick<LogLine, 'message' | 'level'>>): LogPattern[] {
  const found = new Map<string, LogPattern>();
  for (const { message, level } of lines) {
    const pattern = patternOf(message);
    const before = found.get(pattern);
    found.set(pattern, {
      pattern,
      count: (before?.count ?? 0) + 1,
      level: before === undefined ? level : heavier(level, before.level),
    });
  }
  return [...found.values()]
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => b.count - a.count || weightOf(a.level) - weightOf(b.level))
    .slice(0, MOST_PATTERNS);
}

/** Smaller is heavier. */
const weightOf = (level: LogLevel): number => LOG_LEVELS.indexOf(level);
const heavier = (a: LogLevel, b: LogLevel): LogLevel => (weightOf(a) <= weightOf(b) ? a : b);
