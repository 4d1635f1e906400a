import { setClocksRight } from '../../../src/core/traces/setClocksRight.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { inTurns } from './inTurns.ts';

export interface TracesWithClocksRight {
  readonly traces: readonly Trace[];
  /** In how many of them a clock was wrong, or too coarse. */
  readonly clocksSet: number;
}

/** As the page of a trace shows each: what held it up is the same there and over many. */
export async function withClocksRight(recorded: readonly Trace[], signal: AbortSignal): Promise<TracesWithClocksRight> {
  const traces: Trace[] = [];
  await inTurns(recorded, signal, (trace) => traces.push(setClocksRight(trace).trace));
  return { traces, clocksSet: traces.filter((trace, at) => trace !== recorded[at]).length };
}
