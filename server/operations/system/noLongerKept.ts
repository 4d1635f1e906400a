import type { NotKept } from '../../../src/core/evidence/evidence.ts';
import { epochMs, formatDuration, hours, minutes, sinceMs, type EpochMs } from '../../../src/core/units.ts';
import type { KeepingSource } from '../../sources/source.ts';

/** Nobody drops what is younger, so it is not asked for. */
const YOUNG = hours(1);

/** Who asks for as long as the source keeps asks a moment later than the clock of the question says. */
const MOMENT = minutes(1);

/**
 * Of the time that may be dropped, so much may be without data by chance: a series has no point at the very start of its window. Not
 * all of that time is dropped at once, as stores drop whole blocks: what is found begins somewhat before what is kept.
 */
const BY_CHANCE = 1 / 10;

export interface LookedAt {
  /** The earliest that was asked for. */
  readonly from: EpochMs;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
  /** The earliest that was found; undefined where nothing was. */
  readonly found?: EpochMs | undefined;
}

type Keeping = Pick<KeepingSource, 'name' | 'keeps'>;

/**
 * What a source that drops what is old has to do with data that is missing from a window: said wherever a view has found less than it
 * asked for, so that what is gone is not taken for what never was.
 *
 * @returns null where the window is within what the source keeps, or was found all the same, or the source does not say how much it keeps
 */
export async function findNotKept(
  source: Keeping,
  { from, now, signal, found = now }: LookedAt
): Promise<NotKept | null> {
  if (sinceMs(from, now) < YOUNG) {
    return null;
  }
  const keeps = await source.keeps(signal);
  if (keeps === undefined) {
    return null;
  }
  const since = epochMs(now - keeps);
  const dropped = sinceMs(from, since);
  return dropped > MOMENT && sinceMs(from, found) > dropped * BY_CHANCE
    ? { source: source.name, keeps, since: epochMs(Math.min(found, since)) }
    : null;
}

/** `findNotKept` in a sentence, for those who read no other language and no other time zone. */
export async function noLongerKept(source: Keeping, lookedAt: LookedAt): Promise<string | null> {
  const notKept = await findNotKept(source, lookedAt);
  return notKept === null ? null : describeNotKept(notKept);
}

/** Such as `Loki keeps its data for 1w: data from before 2026-01-24T00:00:00.000Z is no longer there.` */
export const describeNotKept = ({ source, keeps, since }: NotKept): string =>
  `${source} keeps its data for ${formatDuration(keeps)}: data from before ${new Date(since).toISOString()} is no longer there.`;
