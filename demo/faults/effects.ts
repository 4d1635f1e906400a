import type { Random } from '../random.ts';
import type { Fault, FaultName } from './fault.ts';

/** What a bad release does to each request or job: slower by that many ms, and that share fails. */
export const badRelease = { latencyMs: 450, errorRatio: 0.15 } as const;

/** The faults of one process, as its handlers ask for them. */
export class FaultEffects {
  readonly #random: Random;
  #values: ReadonlyMap<FaultName, number> = new Map();

  constructor(random: Random) {
    this.#random = random;
  }

  apply(faults: readonly Fault[]): void {
    this.#values = new Map(faults.map(({ fault, value }) => [fault, value]));
  }

  get(fault: FaultName): number | undefined {
    return this.#values.get(fault);
  }

  /** Milliseconds that a request takes longer now: a little around the value, as real slowness would. */
  getExtraMs(): number {
    const latency = (this.get('latency') ?? 0) + (this.get('bad-release') === undefined ? 0 : badRelease.latencyMs);
    return latency * (0.95 + 0.2 * this.#random());
  }

  /** @throws Error when this request is one of those that fail */
  throwIfChosen(): void {
    if (this.#random() < (this.get('errors') ?? 0)) {
      throw new Error('the order book could not be read: checksum mismatch in segment 17');
    }
    if (this.get('bad-release') !== undefined && this.#random() < badRelease.errorRatio) {
      throw new TypeError("Cannot read properties of undefined (reading 'currency')");
    }
  }

  isDependencyDown(): boolean {
    return this.get('dependency-down') !== undefined;
  }
}
