/** How durations are laid out: by their logarithm, so that one slow trace does not press the others to the floor, or evenly. */
export type DurationScale = 'log' | 'linear';

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

export interface Plot {
  /** Pixels from the left for epoch ms. */
  x(at: number): number;
  /** Pixels from the top for ms. */
  y(durationMs: number): number;
  /** Durations with a line of their own, ms. */
  readonly ticks: readonly number[];
}

/** Room for the labels of the durations and of the time. */
export const MARGIN = { left: 64, right: 12, top: 8, bottom: 22 } as const;
/** Shorter ones stand on the floor. */
const LEAST_MS = 0.01;

interface Spread {
  readonly from: number;
  readonly to: number;
  readonly durations: readonly number[];
  readonly scale: DurationScale;
}

/** Places of traces in a plot of start by duration. */
export function layPlot({ from, to, durations, scale }: Spread, { width, height }: PlotSize): Plot {
  const longest = durations.reduce((most, one) => Math.max(most, one), LEAST_MS);
  const shortest = durations.reduce((least, one) => Math.min(least, Math.max(one, LEAST_MS)), longest);
  const [low, high] = scale === 'log' ? [floorPower(shortest), ceilPower(longest)] : [0, longest * 1.05];
  const place = scale === 'log' ? (ms: number) => Math.log10(Math.max(ms, LEAST_MS)) : (ms: number) => ms;
  const [bottom, top] = [place(low), place(high)];
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const share = (value: number, start: number, end: number): number =>
    Math.min(1, Math.max(0, end === start ? 0.5 : (value - start) / (end - start)));
  return {
    x: (at) => MARGIN.left + share(at, from, to) * inner.width,
    y: (ms) => MARGIN.top + (1 - share(place(ms), bottom, top)) * inner.height,
    ticks: scale === 'log' ? powers(low, high) : [0.25, 0.5, 0.75, 1].map((part) => longest * part),
  };
}

const floorPower = (ms: number): number => 10 ** Math.floor(Math.log10(ms));
const ceilPower = (ms: number): number => 10 ** Math.ceil(Math.log10(ms * 1.0001));

function powers(low: number, high: number): readonly number[] {
  const first = Math.round(Math.log10(low));
  const last = Math.round(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, step) => 10 ** (first + step));
}

/** Room that the label of a time takes, with some air. */
const TIME_LABEL_PX = 130;

/** Moments with a label, epoch ms, evenly spread from the first to the last. */
export function timeTicks(from: number, to: number, width: number): readonly number[] {
  const steps = Math.max(1, Math.floor((width - MARGIN.left - MARGIN.right) / TIME_LABEL_PX));
  return Array.from({ length: steps + 1 }, (_, step) => (step === steps ? to : from + ((to - from) * step) / steps));
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A trace as it is drawn. */
export interface PlotPoint extends Place {
  readonly traceId: string;
  readonly failed: boolean;
}

/** The point that is meant by a place, if one is near enough; of equals the one that lies on top. */
export function nearestPoint(points: readonly PlotPoint[], { x, y }: Place, within: number): PlotPoint | undefined {
  let best: PlotPoint | undefined;
  let least = within;
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance <= least) {
      best = point;
      least = distance;
    }
  }
  return best;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const boxOf = (a: Place, b: Place): Box => ({
  left: Math.min(a.x, b.x),
  right: Math.max(a.x, b.x),
  top: Math.min(a.y, b.y),
  bottom: Math.max(a.y, b.y),
});

export const isWithin = ({ left, right, top, bottom }: Box, { x, y }: Place): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;
