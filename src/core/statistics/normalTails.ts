const LARGE = 2;
const PRECISION = 1e-16;
/** The fraction has settled by then for every x from `LARGE` on. */
const TERMS = 120;

/** How likely a standard normal variable is at least as far from 0 as `z`, on either side. */
export function normalTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return x < LARGE ? 1 - errorFunction(x) : tailOf(x);
}

/** Abramowitz and Stegun 7.1.6: all terms are positive, so nothing cancels. */
function errorFunction(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * PRECISION; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The continued fraction of erfc, Abramowitz and Stegun 7.1.14, from its end. */
function tailOf(x: number): number {
  let rest = x;
  for (let n = TERMS; n > 0; n -= 1) {
    rest = x + n / 2 / rest;
  }
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / rest;
}
