import { normalTails } from '../statistics/normalTails.ts';
import type { Bucket } from './latencyBuckets.ts';

export interface RankResult {
  /** Two-sided: how likely the two differ so much if nothing had changed. */
  readonly p: number;
  /** Share of all pairs of a call now and one before in which the call now took longer, ties counted half; 0.5 is no change. */
  readonly slower: number;
}

const countsIn = (buckets: readonly Bucket[]): ReadonlyMap<number, number> =>
  new Map(buckets.map(({ le, count }, index) => [le, count - (buckets[index - 1]?.count ?? 0)]));

/**
 * Whether durations changed, told by two histograms: the Mann–Whitney test on ordered categories. All calls of one bucket are tied and
 * share their mean rank; the variance is corrected for the ties, the statistic for continuity (Lehmann, Nonparametrics, 1975,
 * sections 1.4 and 1.5). It needs no more of the durations than which bucket each is in, which is all that a histogram tells.
 * Counts are taken as they are; from rates they are estimates.
 * @returns undefined without calls on both sides, or where all are in one bucket
 */
export function rankBuckets(now: readonly Bucket[], before: readonly Bucket[]): RankResult | undefined {
  const [ours, theirs] = [countsIn(now), countsIn(before)];
  const bounds = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted((a, b) => a - b);
  const [n, m] = [now.at(-1)?.count ?? 0, before.at(-1)?.count ?? 0];
  if (!(n > 0) || !(m > 0)) {
    return undefined;
  }
  let below = 0;
  let wins = 0;
  let ties = 0;
  for (const le of bounds) {
    const [mine, other] = [ours.get(le) ?? 0, theirs.get(le) ?? 0];
    wins += mine * (below + other / 2);
    below += other;
    ties += (mine + other) ** 3 - (mine + other);
  }
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 1e-9)) {
    return undefined;
  }
  const distance = Math.max(0, Math.abs(wins - (n * m) / 2) - 0.5);
  return { p: normalTails(distance / Math.sqrt(variance)), slower: wins / (n * m) };
}
