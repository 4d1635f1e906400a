/** Of how many things how many have a property. */
export interface Counted {
  readonly of: number;
  readonly have: number;
}

/** Tables this little likelier than the one seen count as no likelier: they differ by rounding only (as in R's `fisher.test`). */
const ROUNDING = 1 + 1e-7;

/** What is so many times less likely than the likeliest table reads as 0: further out, doubles lose their digits. */
const NOTHING = 1e-300;

/** A way from the likeliest table to the last one of a side; chances fall along it. */
interface Walk {
  readonly step: 1 | -1;
  readonly end: number;
  /** The chance of the next table as a multiple of that of table k. */
  next(k: number): number;
}

/**
 * Fisher's exact test, two-sided: how likely, with the same totals, a table is that is no likelier than this one when the property
 * has nothing to do with the set. Holds for counts of any size, also where a χ² test does not.
 *
 * The chances are taken as multiples of that of the likeliest table, each from its neighbour: unlike factorials, or their logarithms,
 * that loses nothing with large counts. A walk ends where the chances are no more than `NOTHING`, or where all that are left, of which
 * none is larger than the last, are too small to change a double: some dozens of standard deviations, not a table for each failure.
 */
export function fisherExact(a: Counted, b: Counted): number {
  const having = a.have + b.have;
  const least = Math.max(0, having - b.of);
  const most = Math.min(having, a.of);
  const likeliest = Math.min(most, Math.max(least, Math.floor(((a.of + 1) * (having + 1)) / (a.of + b.of + 2))));
  const rest = b.of - having;
  const up: Walk = { step: 1, end: most, next: (k) => ((having - k) * (a.of - k)) / ((k + 1) * (rest + k + 1)) };
  const down: Walk = {
    ...{ step: -1, end: least },
    next: (k) => (k * (rest + k)) / ((having - k + 1) * (a.of - k + 1)),
  };
  const limit = chanceOf(a.have, likeliest, a.have < likeliest ? down : up) * ROUNDING;
  const sides = [up, down].map((walk) => sumsAlong(walk, likeliest, limit));
  const all = sides.reduce((sum, side) => sum + side.all, 1);
  const asUnlikely = sides.reduce((sum, side) => sum + side.asUnlikely, limit >= 1 ? 1 : 0);
  return Math.min(1, asUnlikely / all);
}

function chanceOf(have: number, likeliest: number, { step, next }: Walk): number {
  let chance = 1;
  for (let k = likeliest; k !== have && chance > NOTHING; k += step) {
    chance *= next(k);
  }
  return chance > NOTHING ? chance : 0;
}

/** Without the likeliest itself. */
function sumsAlong({ step, end, next }: Walk, likeliest: number, limit: number) {
  let chance = 1;
  let asUnlikely = 0;
  let all = 0;
  for (let k = likeliest; k !== end && chance > NOTHING; k += step) {
    chance *= next(k);
    all += chance;
    asUnlikely += chance <= limit ? chance : 0;
    if (chance <= limit && chance * Math.abs(end - k) <= asUnlikely * Number.EPSILON) {
      break;
    }
  }
  return { all, asUnlikely };
}
