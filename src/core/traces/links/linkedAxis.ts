/** A stretch of time: nanoseconds after the start of the trace that is looked at. */
export interface LinkedStretch {
  readonly fromNs: number;
  readonly toNs: number;
}

/** What of a link has a place in time. */
export interface TimedLink {
  readonly queueWaitNs: number | null;
  readonly handedOverNs: number | null;
  readonly trace: { readonly startNs: number; readonly durationNs: number } | null;
}

/** When the linked trace ran; null where it was not read. */
export const ranIn = ({ trace }: TimedLink): LinkedStretch | null =>
  trace === null ? null : { fromNs: trace.startNs, toNs: trace.startNs + trace.durationNs };

/** When the work waited in the queue; null where that is not known. */
export const waitedIn = ({ handedOverNs, queueWaitNs }: TimedLink): LinkedStretch | null =>
  handedOverNs === null || queueWaitNs === null ? null : { fromNs: handedOverNs, toNs: handedOverNs + queueWaitNs };

/** The one axis on which a trace, what came before it and what it set off all have room. */
export function linkedAxis(durationNs: number, links: readonly TimedLink[]): LinkedStretch {
  const stretches = links.flatMap((link) => [ranIn(link), waitedIn(link)]).filter((one) => one !== null);
  return stretches.reduce(
    (axis, { fromNs, toNs }) => ({ fromNs: Math.min(axis.fromNs, fromNs), toNs: Math.max(axis.toNs, toNs) }),
    { fromNs: 0, toNs: durationNs }
  );
}

/** Where a stretch stands on an axis, in shares of its length. */
export function placeOn(axis: LinkedStretch, { fromNs, toNs }: LinkedStretch): { left: number; width: number } {
  const length = Math.max(1, axis.toNs - axis.fromNs);
  return { left: (fromNs - axis.fromNs) / length, width: (toNs - fromNs) / length };
}
