/** A number or string that carries its meaning in its type; made only by the constructors below and by parsers. */
export type Brand<T, N extends string> = T & { readonly __brand: N };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** A length of time in milliseconds. */
export type DurationMs = Brand<number, 'DurationMs'>;

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const durationMs = (value: number): DurationMs => value as DurationMs;

export const seconds = (value: number): DurationMs => durationMs(value * 1000);
export const minutes = (value: number): DurationMs => durationMs(value * 60_000);
export const hours = (value: number): DurationMs => durationMs(value * 3_600_000);
export const days = (value: number): DurationMs => durationMs(value * 86_400_000);

export const addMs = (at: EpochMs, by: DurationMs): EpochMs => epochMs(at + by);
export const sinceMs = (from: EpochMs, to: EpochMs): DurationMs => durationMs(to - from);

/** Units in the order Prometheus writes them; each at most once, largest first (Prometheus `model.ParseDuration`). */
const UNITS = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Longest duration that is accepted, as in Prometheus (about 292 years there; 100 years is plenty here). */
const MAX_DURATION_MS = 100 * 365 * 86_400_000;

/**
 * Parses a Prometheus duration such as `5m`, `1h30m`, `90s`, `0`.
 * @returns milliseconds, or `undefined` when the text is no duration or is longer than 100 years
 */
export function parseDuration(text: string): DurationMs | undefined {
  if (text === '0') {
    return durationMs(0);
  }
  const match = DURATION.exec(text);
  if (!match || text === '') {
    return undefined;
  }
  const total = UNITS.reduce((sum, [, ms], index) => sum + Number(match[index + 1] ?? 0) * ms, 0);
  return total <= MAX_DURATION_MS ? durationMs(total) : undefined;
}

/** Writes a duration as Prometheus does: `90s` is `1m30s`, zero is `0s`. Weeks and years are written only when exact. */
export function formatDuration(duration: DurationMs): string {
  if (duration === 0) {
    return '0s';
  }
  let rest = Math.round(duration);
  let text = '';
  for (const [unit, ms] of UNITS) {
    const exactOnly = unit === 'y' || unit === 'w';
    if (rest >= ms && (!exactOnly || rest % ms === 0)) {
      text += `${Math.floor(rest / ms)}${unit}`;
      rest %= ms;
    }
  }
  return text;
}

/** To the whole second, for sentences: nobody reads `10s6ms`. What is shorter than a second stays as it is. */
export const toSeconds = (duration: DurationMs): DurationMs =>
  duration < 1000 ? duration : durationMs(Math.round(duration / 1000) * 1000);
