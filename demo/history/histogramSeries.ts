import { sigma } from './profile.ts';

/** A histogram that grows by expected counts: whole numbers appear only where it is written out. */
export class HistogramSeries {
  readonly #bounds: readonly number[];
  readonly #buckets: number[];
  #count = 0;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#buckets = bounds.map(() => 0);
  }

  /** Adds `count` durations around a median, all of them `addSeconds` longer than they would be. */
  add(count: number, duration: { median: number; addSeconds: number }): void {
    const { median, addSeconds } = duration;
    this.#bounds.forEach((bound, index) => {
      this.#buckets[index] = (this.#buckets[index] ?? 0) + count * getShareBelow(bound - addSeconds, median);
    });
    this.#count += count;
    this.#sum += count * (addSeconds + median * Math.exp(sigma ** 2 / 2));
  }

  /** Lines of one moment in OpenMetrics: buckets from below, `+Inf`, count and sum. */
  *write(name: string, labels: string, timestamp: string): Generator<string> {
    for (const [index, bound] of this.#bounds.entries()) {
      yield `${name}_bucket{${labels},le="${bound}"} ${Math.floor(this.#buckets[index] ?? 0)} ${timestamp}`;
    }
    const count = Math.floor(this.#count);
    yield `${name}_bucket{${labels},le="+Inf"} ${count} ${timestamp}`;
    yield `${name}_count{${labels}} ${count} ${timestamp}`;
    yield `${name}_sum{${labels}} ${this.#sum.toFixed(6)} ${timestamp}`;
  }
}

/** The log-normal distribution function. */
function getShareBelow(value: number, median: number): number {
  return value <= 0 ? 0 : getNormalShare(Math.log(value / median) / sigma);
}

/** The normal distribution function by way of erf (Abramowitz and Stegun, 7.1.26; error below 1.5e-7). */
function getNormalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (polynomial * Math.exp(-x * x)) / 2;
  return z < 0 ? tail : 1 - tail;
}
