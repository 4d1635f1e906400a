/** Of how many things how many have a property. */
export interface Counted {
  readonly of: number;
  readonly have: number;
}

/** Tables this little likelier than the one seen count as no likelier: they differ by rounding only (as in R's `fisher.test`). */
const ROUNDING = 1 + 1e-7;

/**
 * Fisher's exact test, two-sided: how likely, with the same totals, a table is that is no likelier than this one when the property
 * has nothing to do with the set. Holds for counts of any size, also where a χ² test does not.
 *
 * The chances are taken as multiples of that of the likeliest table, each from its neighbour: unlike factorials, or their logarithms,
 * that loses nothing with large counts. What is 10³⁰⁰ times less likely reads as 0.
 */
export function fisherExact(a: Counted, b: Counted): number {
  const having = a.have + b.have;
  const least = Math.max(0, having - b.of);
  const most = Math.min(having, a.of);
  const likeliest = Math.min(most, Math.max(least, Math.floor(((a.of + 1) * (having + 1)) / (a.of + b.of + 2))));
  /** P(k + 1) / P(k). */
  const ratio = (k: number): number => ((having - k) * (a.of - k)) / ((k + 1) * (b.of - having + k + 1));

  const chances = new Float64Array(most - least + 1);
  const at = (k: number): number => chances[k - least] ?? 0;
  chances[likeliest - least] = 1;
  for (let k = likeliest; k < most; k += 1) {
    chances[k + 1 - least] = at(k) * ratio(k);
  }
  for (let k = likeliest; k > least; k -= 1) {
    chances[k - 1 - least] = at(k) / ratio(k - 1);
  }
  const limit = at(a.have) * ROUNDING;
  let asUnlikely = 0;
  let all = 0;
  for (const chance of chances) {
    all += chance;
    asUnlikely += chance <= limit ? chance : 0;
  }
  return Math.min(1, asUnlikely / all);
}
