/** The largest whole number up to which a double is exact, 2^53. */
const EXACT_BITS = 53n;

export interface RelativeTimes {
  /** Start of the earliest span, nanoseconds since 1970. */
  readonly epochNs: bigint;
  readonly startNs: Float64Array;
  /** Never before the start. */
  readonly endNs: Float64Array;
  readonly durationNs: number;
  /** Times are multiples of so many nanoseconds; 1 where all are exact. */
  readonly stepNs: number;
  /** By input index. */
  readonly noEnd: readonly number[];
  readonly endsBeforeStart: readonly number[];
  relative(at: bigint): number;
}

/**
 * Times after the earliest start, as doubles that add and subtract exactly: beyond 104 days they are rounded down to a power of two
 * of nanoseconds. A span without end, or with an end before its start, counts as 0 long.
 */
export function relativeTimes(starts: readonly bigint[], ends: ReadonlyArray<bigint | null>): RelativeTimes {
  const epochNs = starts.reduce((least, start) => (start < least ? start : least), starts[0] ?? 0n);
  let latest = epochNs;
  const noEnd: number[] = [];
  const endsBeforeStart: number[] = [];
  const fixedEnds = starts.map((start, i) => {
    const end = ends[i] ?? null;
    if (end === null) {
      noEnd.push(i);
    } else if (end < start) {
      endsBeforeStart.push(i);
    }
    const fixed = end === null || end < start ? start : end;
    latest = fixed > latest ? fixed : latest;
    return fixed;
  });
  const shift = shiftFor(latest - epochNs);
  const step = 2 ** Number(shift);
  const relative = (at: bigint): number =>
    shift === 0n ? Number(at - epochNs) : Number((at - epochNs) >> shift) * step;
  return {
    epochNs,
    startNs: Float64Array.from(starts, relative),
    endNs: Float64Array.from(fixedEnds, relative),
    durationNs: relative(latest),
    stepNs: step,
    ...{ noEnd, endsBeforeStart, relative },
  };
}

function shiftFor(extent: bigint): bigint {
  let shift = 0n;
  while (extent >> shift > 1n << EXACT_BITS) {
    shift += 1n;
  }
  return shift;
}
