import type { Stretch } from './pathIndex.ts';
import { shareOf, type TimeView } from './timeView.ts';

/** A piece of a line, as shares of its length. */
export interface DrawnStretch {
  readonly left: number;
  readonly width: number;
}

/**
 * Stretches as they are drawn on a line of so many pixels: what lies outside is left out, what would touch on the screen is one
 * piece. However many there are, at most `pixels` come back.
 * @param stretches by start
 */
export function drawnStretches(stretches: Iterable<Stretch>, view: TimeView, pixels: number): DrawnStretch[] {
  const gap = 1 / Math.max(1, pixels);
  const drawn: Array<{ left: number; right: number }> = [];
  for (const { startNs, endNs } of stretches) {
    const left = Math.max(0, shareOf(view, startNs));
    const right = Math.min(1, shareOf(view, endNs));
    const last = drawn.at(-1);
    if (right < 0 || left > 1) {
      continue;
    }
    if (last !== undefined && left - last.right < gap) {
      last.right = Math.max(last.right, right);
    } else {
      drawn.push({ left, right });
    }
  }
  return drawn.map(({ left, right }) => ({ left, width: right - left }));
}
