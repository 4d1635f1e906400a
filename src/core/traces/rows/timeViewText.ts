import type { TimeView } from './timeView.ts';

/** Whole nanoseconds, up to 2^53. */
const STRETCH = /^(\d{1,16})-(\d{1,16})$/;

/** A stretch of time as a text, `1000-25000` in nanoseconds after the start of the trace; empty for the whole. */
export const writeTimeView = (view: TimeView | null): string =>
  view === null ? '' : `${Math.round(view.fromNs)}-${Math.round(view.toNs)}`;

/** null, the whole, for what is no stretch or lies beyond the trace. */
export function readTimeView(text: string, durationNs: number): TimeView | null {
  const [, from, to] = STRETCH.exec(text) ?? [];
  const view = { fromNs: Number(from), toNs: Number(to) };
  return view.fromNs < view.toNs && view.fromNs < durationNs ? view : null;
}
