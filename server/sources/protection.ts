import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  SamplingBreaker,
  timeout,
  TimeoutStrategy,
  wrap,
  type IBreaker,
} from 'cockatiel';

export interface ProtectionLimits {
  readonly timeoutMs: number;
  readonly concurrent: number;
  /** Calls that may wait for their turn; more are refused at once. */
  readonly waiting: number;
  readonly halfOpenAfterMs: number;
}

/** A store has two protections, the engine's own and that of callers: together they ask what Prometheus answers at once unless set. */
export const DEFAULT_LIMITS: ProtectionLimits = {
  timeoutMs: 10_000,
  concurrent: 10,
  waiting: 200,
  halfOpenAfterMs: 10_000,
};

/** Five in a row; or half of at least ten calls within 30 s. */
const CONSECUTIVE = 5;
const SAMPLE_MS = 30_000;
const SAMPLE_CALLS = 10;
/** The sampling breaker opens above its share, not at it. */
const SAMPLE_SHARE = 0.499;

/** Opens when either of two breakers would. */
function eitherBreaker(first: IBreaker, second: IBreaker): IBreaker {
  return {
    get state() {
      return [first.state, second.state];
    },
    set state(_restored: unknown) {
      // Breakers live as long as the engine: a restart begins closed and finds out anew.
    },
    success(state) {
      first.success(state);
      second.success(state);
    },
    failure(state) {
      const opened = first.failure(state);
      return second.failure(state) || opened;
    },
  };
}

export interface Protection {
  /** Runs the call when the breaker lets it; `signal` ends at the caller's end or at the timeout. */
  run<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  isOpen(): boolean;
}

/** @param isFailure which errors speak against the store: a question it rightly refused does not */
export function createProtection(limits: ProtectionLimits, isFailure: (error: unknown) => boolean): Protection {
  const breaker = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: limits.halfOpenAfterMs,
    breaker: eitherBreaker(
      new ConsecutiveBreaker(CONSECUTIVE),
      new SamplingBreaker({
        threshold: SAMPLE_SHARE,
        duration: SAMPLE_MS,
        minimumRps: SAMPLE_CALLS / (SAMPLE_MS / 1000),
      })
    ),
  });
  const policy = wrap(
    bulkhead(limits.concurrent, limits.waiting),
    breaker,
    timeout(limits.timeoutMs, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false })
  );
  return {
    run: (call, signal) => policy.execute((context) => call(context.signal), signal),
    isOpen: () => breaker.state === CircuitState.Open,
  };
}

export const isRefusedByBreaker = (error: unknown): boolean => error instanceof BrokenCircuitError;
export const isRefusedByBulkhead = (error: unknown): boolean => error instanceof BulkheadRejectedError;
