import { epochMs, formatDuration, hours, sinceMs, type EpochMs } from '../../../src/core/units.ts';
import type { KeepingSource } from '../../sources/source.ts';

/** Nobody drops what is younger, so it is not asked for. */
const YOUNG = hours(1);

export interface LookedAt {
  /** The earliest that was asked for. */
  readonly from: EpochMs;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
  /** The earliest that was found; undefined where nothing was. */
  readonly found?: EpochMs | undefined;
}

/**
 * What a source that drops what is old has to do with data that is missing from a window: said wherever a view has found less than it
 * asked for, so that what is gone is not taken for what never was.
 *
 * @returns a sentence; null where the window is within what the source keeps, or the source does not say how much that is
 */
export async function noLongerKept(
  source: Pick<KeepingSource, 'name' | 'keeps'>,
  { from, now, signal, found = now }: LookedAt
): Promise<string | null> {
  if (sinceMs(from, now) < YOUNG) {
    return null;
  }
  const keeps = await source.keeps(signal);
  if (keeps === undefined) {
    return null;
  }
  const since = epochMs(now - keeps);
  return from < since && found >= since
    ? `${source.name} keeps its data for ${formatDuration(keeps)}: what was before ${new Date(since).toISOString()} is no longer there.`
    : null;
}
