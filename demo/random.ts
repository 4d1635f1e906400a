/** A source of numbers from 0 up to, but not with, 1. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain): small, fast, the same series for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal deviate (Box and Muller 1958). */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A duration with the long right tail of real ones: log-normal around its median, in the median's unit. */
export function drawDuration(random: Random, median: number, sigma = 0.35): number {
  return median * Math.exp(sigma * drawNormal(random));
}
