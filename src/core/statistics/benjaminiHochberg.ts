/**
 * Corrects p-values for having made many tests at once (Benjamini and Hochberg 1995): of all that stay below 0.05, about one in twenty
 * is expected to be chance. Where nothing differs at all, no more than one comparison in twenty has any.
 *
 * This and not Holm's correction, which bounds the chance of a single false finding: what is found here is a short list of places to
 * look at, in which one too many costs a glance, and Holm's price, a cause that is not shown, costs the search. Spans of one trace depend on one
 * another, children with their parents in the same direction, under which it holds too (Benjamini and Yekutieli 2001).
 *
 * @returns in the order given; null stays null and counts as no test
 */
export function benjaminiHochberg(ps: ReadonlyArray<number | null>): ReadonlyArray<number | null> {
  const corrected = ps.map((): number | null => null);
  const descending = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).toSorted((one, other) => other.p - one.p);
  let least = 1;
  descending.forEach(({ p, at }, index) => {
    const rank = descending.length - index;
    least = Math.min(least, p * (descending.length / rank));
    corrected[at] = least;
  });
  return corrected;
}
