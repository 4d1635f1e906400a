import {
  durationMs,
  epochMs,
  hours,
  seconds,
  sinceMs,
  type DurationMs,
  type EpochMs,
} from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';

/** Points that a chart can show; more only cost time. */
const TARGET_POINTS = 500;
/** Prometheus refuses more than 11,000 points a series. */
const MAX_POINTS = 11_000;
const MIN_STEP = seconds(5);

export interface TimeRange {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly step: DurationMs;
}

/** Range of a request with defaults: the last hour, in at most 500 points, on whole multiples of the step. @throws EngineError `invalid_input` */
export function rangeOf(
  input: { from?: EpochMs | undefined; to?: EpochMs | undefined; step?: DurationMs | undefined },
  now: EpochMs
): TimeRange {
  const to = input.to ?? now;
  const from = input.from ?? epochMs(to - hours(1));
  const length = sinceMs(from, to);
  if (length <= 0) {
    throw new EngineError('invalid_input', 'from: expected a time before "to"', {
      errors: [{ path: 'from', message: 'expected a time before "to"' }],
    });
  }
  const step = input.step ?? roundStep(length / TARGET_POINTS);
  if (step <= 0 || length / step > MAX_POINTS) {
    throw new EngineError('invalid_input', `step: expected at most ${MAX_POINTS} points in the range`, {
      errors: [{ path: 'step', message: `expected at most ${MAX_POINTS} points in the range` }],
    });
  }
  // Aligned, so that a live chart's points stay where they are from one refresh to the next.
  return { from: epochMs(Math.floor(from / step) * step), to: epochMs(Math.ceil(to / step) * step), step };
}

/**
 * Step of a chart that Grafana asks for. Its own interval counts as long as that makes no more points than Prometheus would give.
 * @param length of the range, ms
 */
export function stepOf(
  length: number,
  { interval, maxDataPoints }: { interval?: DurationMs | undefined; maxDataPoints?: number | undefined }
): DurationMs {
  const wanted = interval ?? roundStep(length / (maxDataPoints ?? TARGET_POINTS));
  const step = durationMs(Math.max(wanted, seconds(1)));
  return length / step > MAX_POINTS ? roundStep(length / MAX_POINTS) : step;
}

const NICE_STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

const roundStep = (ms: number): DurationMs =>
  durationMs(
    Math.max(MIN_STEP, (NICE_STEPS_S.find((step) => step * 1000 >= ms) ?? Math.ceil(ms / 86_400_000) * 86_400) * 1000)
  );
