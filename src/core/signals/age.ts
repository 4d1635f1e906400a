import type { EpochMs } from '../units.ts';
import { AGE_SIGNALS, findSignal, type AgeSignal } from './catalogue.ts';

export const isAgeSignal = (signal: unknown): signal is AgeSignal => AGE_SIGNALS.some((name) => name === signal);

/** In seconds, by when its source was last asked: while nobody asks, nobody can tell silence from deafness. */
export const ageAt = (newestAt: EpochMs, askedAt: EpochMs): number => Math.max(0, (askedAt - newestAt) / 1000);

/** Why there is no chart and no preview of it, as a sentence. */
export const explainNoPast = (signal: AgeSignal): string =>
  `${findSignal(signal)?.title ?? signal} is measured live and not stored: its past cannot be shown.`;
