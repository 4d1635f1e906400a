import { formatHold } from '../formatSpan.ts';
import { formatValue } from '../signals/formatValue.ts';
import type { Unit } from '../signals/catalogue.ts';
import { findSignal } from '../signals/catalogue.ts';
import { toSeconds, type DurationMs } from '../units.ts';
import type { Direction, ThresholdSignal } from './threshold.ts';

const MAX_EXPR = 60;

/** A signal's name inside a sentence: `p95 latency`, `error ratio`, `CPU`; an expression is cut to fit a line. */
export function describeSignal(signal: ThresholdSignal): string {
  if (typeof signal !== 'string') {
    const text = signal.expr.replace(/\s+/g, ' ').trim();
    return text.length <= MAX_EXPR ? text : `${text.slice(0, MAX_EXPR - 1)}…`;
  }
  const title = findSignal(signal)?.title ?? signal;
  // `CPU` and `p95` keep their case; `Error ratio` stands inside a sentence.
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

export interface Crossing {
  readonly what: string;
  readonly direction: Direction;
  readonly level: number;
  readonly unit: Unit;
}

/** `p95 latency above 800 ms`: what a rule's level means. */
export const explainLevel = ({ what, direction, level, unit }: Crossing): string =>
  `${what} ${direction} ${formatValue(level, unit)}`;

/** `p95 latency 1.21 s was above 800 ms for 10 s`: why a level was reached. */
export function explainCrossing(crossing: Crossing, value: number, held: DurationMs): string {
  const { what, direction, level, unit } = crossing;
  const since = held > 0 ? ` for ${formatHold(toSeconds(held))}` : '';
  return `${what} ${formatValue(value, unit)} was ${direction} ${formatValue(level, unit)}${since}`;
}
