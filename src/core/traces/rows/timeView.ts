/** A stretch of a trace, in nanoseconds after its start. */
export interface TimeView {
  readonly fromNs: number;
  readonly toNs: number;
}

/** As close as one may look: a microsecond, unless the whole trace is shorter. */
const LEAST_NS = 1_000;

export const wholeTrace = (durationNs: number): TimeView => ({ fromNs: 0, toNs: Math.max(1, durationNs) });

export const isWhole = ({ fromNs, toNs }: TimeView, durationNs: number): boolean =>
  fromNs <= 0 && toNs >= Math.max(1, durationNs);

/** A stretch within the trace, in order and not too short. */
export function clampView({ fromNs, toNs }: TimeView, durationNs: number): TimeView {
  const whole = wholeTrace(durationNs).toNs;
  const length = Math.min(whole, Math.max(Math.min(LEAST_NS, whole), Math.abs(toNs - fromNs)));
  const from = Math.min(Math.max(0, Math.min(fromNs, toNs)), whole - length);
  return { fromNs: from, toNs: from + length };
}

/** @param factor below 1 looks closer @param aroundNs stays where it is; default: the middle */
export function zoomView(view: TimeView, durationNs: number, { factor, aroundNs }: ZoomStep): TimeView {
  const around = aroundNs ?? (view.fromNs + view.toNs) / 2;
  const length = Math.min(wholeTrace(durationNs).toNs, (view.toNs - view.fromNs) * factor);
  const share = (around - view.fromNs) / (view.toNs - view.fromNs);
  const fromNs = around - length * share;
  return clampView({ fromNs, toNs: fromNs + length }, durationNs);
}

export interface ZoomStep {
  readonly factor: number;
  readonly aroundNs?: number;
}

/** Moves the stretch by a share of its own length. */
export function panView({ fromNs, toNs }: TimeView, durationNs: number, share: number): TimeView {
  const by = (toNs - fromNs) * share;
  return clampView({ fromNs: fromNs + by, toNs: toNs + by }, durationNs);
}

/** Where a moment stands in the stretch: 0 at its start, 1 at its end, beyond for what lies outside. */
export const shareOf = ({ fromNs, toNs }: TimeView, atNs: number): number => (atNs - fromNs) / (toNs - fromNs);

/** Moments for a ruler, at steps of 1, 2 or 5, at most so many. */
export function ticksOf({ fromNs, toNs }: TimeView, most: number): number[] {
  const rough = Math.max(1, (toNs - fromNs) / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(fromNs / step) * step; at <= toNs; at += step) {
    ticks.push(at);
  }
  return ticks;
}
