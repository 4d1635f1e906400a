export interface LogEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: string;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface LokiPushOptions {
  /** Base address, without the path of the push endpoint. */
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Lines kept while Loki is away; beyond that the oldest are dropped. */
  readonly capacity?: number;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
}

const batchSize = 1_000;
const pushTimeoutMs = 5_000;
const backOffMs = { first: 1_000, longest: 30_000 } as const;

/** Sends log lines to Loki in batches. Loki slow, broken or absent costs lines at worst, never the caller's time. */
export class LokiPush {
  readonly #options: Required<LokiPushOptions>;
  #waiting: LogEntry[] = [];
  #dropped = 0;
  #failures = 0;
  #notBefore = 0;
  #sequence = 0;
  #running: Promise<void> | undefined;

  constructor(options: LokiPushOptions) {
    this.#options = { capacity: 5_000, fetch, now: Date.now, ...options };
  }

  add(entry: LogEntry): void {
    this.#waiting.push(entry);
    this.#trim();
  }

  /** Lines given up because Loki did not take them in time. */
  getDropped(): number {
    return this.#dropped;
  }

  getWaiting(): number {
    return this.#waiting.length;
  }

  /** Sends what waits, unless a push is under way or Loki failed a moment ago. Never rejects. */
  async flush(): Promise<void> {
    if (this.#running === undefined && this.#waiting.length > 0 && this.#options.now() >= this.#notBefore) {
      this.#running = this.#push().finally(() => {
        this.#running = undefined;
      });
    }
    await this.#running;
  }

  async #push(): Promise<void> {
    const batch = this.#waiting.splice(0, batchSize);
    const outcome = await this.#send(batch);
    if (outcome === 'retry') {
      this.#waiting = [...batch, ...this.#waiting];
      this.#trim();
      const pause = Math.min(backOffMs.longest, backOffMs.first * 2 ** this.#failures++);
      this.#notBefore = this.#options.now() + pause;
      return;
    }
    this.#failures = 0;
    this.#dropped += outcome === 'refused' ? batch.length : 0;
  }

  async #send(batch: readonly LogEntry[]): Promise<'taken' | 'refused' | 'retry'> {
    try {
      const answer = await this.#options.fetch(`${this.#options.url}/loki/api/v1/push`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ streams: this.#buildStreams(batch) }),
        signal: AbortSignal.timeout(pushTimeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) {
        return 'taken';
      }
      // A 400 stays a 400 however often the same batch is sent.
      return answer.status === 429 || answer.status >= 500 ? 'retry' : 'refused';
    } catch {
      return 'retry';
    }
  }

  #buildStreams(batch: readonly LogEntry[]): object[] {
    const levels = new Set(batch.map(({ level }) => level));
    return [...levels].map((level) => ({
      stream: { ...this.#options.labels, level },
      values: batch
        .filter((entry) => entry.level === level)
        .map(({ at, line, metadata }) => [this.#getNanoseconds(at), line, metadata]),
    }));
  }

  /** Loki orders by nanoseconds; a running number keeps lines of one millisecond in their order. */
  #getNanoseconds(at: number): string {
    this.#sequence = (this.#sequence + 1) % 1_000_000;
    return `${at}${String(this.#sequence).padStart(6, '0')}`;
  }

  #trim(): void {
    const excess = this.#waiting.length - this.#options.capacity;
    if (excess > 0) {
      this.#waiting.splice(0, excess);
      this.#dropped += excess;
    }
  }
}
