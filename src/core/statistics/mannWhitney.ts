import { normalTails } from './normalTails.ts';

/**
 * Up to so many pairs of values the chances are counted instead of approximated. By then the approximation is good to the third digit
 * where the sets are of like size; few values against many are counted, which it is bad at.
 */
const MOST_PAIRS_COUNTED = 400;

export interface RankTest {
  /** Pairs in which the value of the first set is the larger one; a pair of equals counts half. */
  readonly u: number;
  /** Two-sided: how likely sets as different as these are when both come from one distribution. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/**
 * The Mann–Whitney U test (Wilcoxon's rank sum test): whether one of two independent sets tends to have larger values. It asks nothing
 * of the shape of the distribution, which latencies need. Exact for small sets without ties; else by the normal approximation with
 * corrections for ties and continuity (Hollander, Wolfe, Chicken: Nonparametric Statistical Methods, 4.1).
 * @returns undefined where a set is empty
 */
export function mannWhitney(a: ArrayLike<number>, b: ArrayLike<number>): RankTest | undefined {
  if (a.length === 0 || b.length === 0) {
    return undefined;
  }
  const { rankSum, ties } = rankTogether(a, b);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  return ties === 0 && a.length * b.length <= MOST_PAIRS_COUNTED
    ? { u, p: countedP(u, a.length, b.length), method: 'exact' }
    : { u, p: approximateP(u, { n: a.length, m: b.length, ties }), method: 'normal' };
}

/** Whether sets of these sizes can differ so much that chance explains it less often than `level`. */
export function canBeSignificant(n: number, m: number, level: number): boolean {
  const smaller = Math.min(n, m);
  const all = n + m;
  // Of all ways to pick the set, one has it entirely above the other and one below.
  let ways = 1;
  for (let k = 1; k <= smaller && ways * level <= 2; k += 1) {
    ways *= (all - smaller + k) / k;
  }
  return smaller > 0 && 2 / ways < level;
}

interface Ranks {
  /** Of the first set. */
  readonly rankSum: number;
  /** Sum of t³ − t over all groups of t equal values. */
  readonly ties: number;
}

function rankTogether(a: ArrayLike<number>, b: ArrayLike<number>): Ranks {
  const first = Float64Array.from(a).sort();
  const second = Float64Array.from(b).sort();
  let rankSum = 0;
  let ties = 0;
  for (let i = 0, j = 0; i < first.length || j < second.length;) {
    const value = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
    const ofFirst = runOf(first, i, value);
    const equal = ofFirst + runOf(second, j, value);
    rankSum += ofFirst * (i + j + (equal + 1) / 2);
    ties += equal ** 3 - equal;
    i += ofFirst;
    j += equal - ofFirst;
  }
  return { rankSum, ties };
}

function runOf(sorted: Float64Array, from: number, value: number): number {
  let to = from;
  while (to < sorted.length && sorted[to] === value) {
    to += 1;
  }
  return to - from;
}

/** Twice the share of orders with a `u` as far or farther on this side (R's `wilcox.test` and SciPy do the same). */
function countedP(u: number, n: number, m: number): number {
  const shares = sharesOfU({ n, m, most: Math.min(u, n * m - u) });
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}

/**
 * How likely each u from 0 to `most` is. By Mann and Whitney's recurrence: the largest of all values is of the first set with chance
 * n / (n + m), and is then above all m of the other; without it the same question is left for smaller sets. As chances and not as
 * counts, so that nothing overflows.
 */
function sharesOfU({ n, m, most }: { n: number; m: number; most: number }): Float64Array {
  // `previous[j]`: for i − 1 values against j.
  let previous = Array.from({ length: m + 1 }, () => certain(most));
  for (let i = 1; i <= n; i += 1) {
    const current = [certain(most)];
    for (let j = 1; j <= m; j += 1) {
      const shares = new Float64Array(most + 1);
      const ofFirst = i / (i + j);
      for (let u = 0; u <= most; u += 1) {
        shares[u] = (1 - ofFirst) * (current[j - 1]?.[u] ?? 0) + (u >= j ? ofFirst * (previous[j]?.[u - j] ?? 0) : 0);
      }
      current.push(shares);
    }
    previous = current;
  }
  return previous[m] ?? certain(most);
}

/** Against nothing u is 0. */
function certain(most: number): Float64Array {
  const shares = new Float64Array(most + 1);
  shares[0] = 1;
  return shares;
}

function approximateP(u: number, { n, m, ties }: { n: number; m: number; ties: number }): number {
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  // Without variance all values are the same.
  return variance <= 0 ? 1 : normalTails(distance / Math.sqrt(variance));
}
