import { cell } from './column.ts';
import type { Operation } from './operationIndex.ts';
import { durationOf } from './spanFields.ts';
import type { Trace } from './trace.ts';
import { createWaits, type Waits, type WaitStep } from './waits.ts';

/** What is changed: some spans, or all of an operation. */
export type WhatIfTarget = { readonly spans: readonly number[] } | { readonly operation: Operation };
/** How long each of them takes instead: so many nanoseconds, or so many times as long. */
export type WhatIfDuration = { readonly toNs: number } | { readonly factor: number };
export type WhatIfChange = WhatIfTarget & WhatIfDuration;

export interface WhatIf {
  /** The span whose duration it is: the earliest root, or -1. */
  readonly root: number;
  readonly beforeNs: number;
  /** With the change. */
  readonly durationNs: number;
  /** New times of every span, in nanoseconds of the trace. */
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

interface Frame {
  readonly span: number;
  readonly steps: readonly WaitStep[];
  readonly tailNs: number;
  next: number;
  /** Up to where everything that a next child has to wait for is done, in the new times. */
  doneNs: number;
}

/**
 * The trace as it would be if some spans took another time, by the model of `createWaits`: what began after them moves, the work that a
 * parent does itself in between takes as long as before, and so does all that nothing is said about.
 *
 * ```
 * parent |------------------------|            parent |-----------------|
 * A        |--------|                  A → 2   A        |-|
 * B                   |---------|              B            |---------|
 * ```
 *
 * A changed span takes the new time as a whole, with all below it, whose times are stretched or shrunk with it; of changed spans
 * within one another the outermost counts. Times are whole nanoseconds and durations never negative. O(n log n), no recursion.
 */
export function whatIf(trace: Trace, change: WhatIfChange): WhatIf {
  const changed = changedDurations(trace, change);
  const times = { startNs: trace.startNs.slice(), endNs: trace.endNs.slice() };
  const waitsOf = createWaits(trace);
  for (const root of trace.roots) {
    reschedule(trace, root, { changed, waitsOf, ...times });
  }
  const root = trace.roots[0] ?? -1;
  return {
    root,
    beforeNs: root === -1 ? 0 : durationOf(trace, root),
    durationNs: root === -1 ? 0 : cell(times.endNs, root) - cell(times.startNs, root),
    ...times,
  };
}

interface Rescheduling extends NewTimes {
  readonly changed: ReadonlyMap<number, number>;
  readonly waitsOf: (span: number) => Waits;
}

interface NewTimes {
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

/** The forward pass: whoever has begun goes on until its own end is known. */
function reschedule(trace: Trace, root: number, times: Rescheduling): void {
  const { startNs, endNs } = times;
  const stack: Frame[] = [];
  const begin = (span: number, at: number): void => {
    startNs[span] = at;
    const toNs = times.changed.get(span);
    if (toNs === undefined && trace.subtreeEnd[span] === span + 1) {
      // Most spans of a trace have nothing below them: no need to look.
      endNs[span] = at + durationOf(trace, span);
    } else if (toNs === undefined) {
      stack.push({ span, ...times.waitsOf(span), next: 0, doneNs: at });
    } else {
      stretch(trace, span, { ...times, toNs });
    }
  };

  begin(root, cell(trace.startNs, root));
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const step = frame.steps[frame.next];
    frame.next += 1;
    if (step === undefined) {
      endNs[frame.span] = frame.doneNs + frame.tailNs;
      stack.pop();
    } else if (step.ends) {
      frame.doneNs = Math.max(frame.doneNs, cell(endNs, step.child) - step.lagNs);
    } else {
      const at = frame.doneNs + step.lagNs;
      // A coarse clock is no reason to leave the parent.
      const wasWithin = cell(trace.startNs, step.child) >= cell(trace.startNs, frame.span);
      begin(step.child, wasWithin ? Math.max(at, cell(startNs, frame.span)) : at);
    }
  }
}

/** Gives a span, which has its new start, a new duration, and all below it the same share of it as before. */
function stretch(trace: Trace, span: number, { startNs, endNs, toNs }: NewTimes & { readonly toNs: number }): void {
  const before = durationOf(trace, span);
  const ratio = before === 0 ? 1 : toNs / before;
  const from = cell(trace.startNs, span);
  const at = cell(startNs, span);
  for (let below = span + 1; below < cell(trace.subtreeEnd, span); below += 1) {
    startNs[below] = at + Math.round((cell(trace.startNs, below) - from) * ratio);
    endNs[below] = at + Math.round((cell(trace.endNs, below) - from) * ratio);
  }
  endNs[span] = at + toNs;
}

function changedDurations(trace: Trace, change: WhatIfChange): ReadonlyMap<number, number> {
  const spans = 'spans' in change ? change.spans : spansOf(trace, change.operation);
  return new Map(
    spans.map((span) => {
      const toNs = 'toNs' in change ? change.toNs : durationOf(trace, span) * change.factor;
      return [span, Math.max(0, Math.round(toNs))];
    })
  );
}

function spansOf(trace: Trace, { service, operation }: Operation): readonly number[] {
  const [serviceIndex, nameIndex] = [trace.services.indexOf(service), trace.names.indexOf(operation)];
  const spans: number[] = [];
  for (let span = 0; span < trace.size; span += 1) {
    if (trace.service[span] === serviceIndex && trace.name[span] === nameIndex) {
      spans.push(span);
    }
  }
  return spans;
}
