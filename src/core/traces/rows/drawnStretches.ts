import type { Stretch } from './pathIndex.ts';
import { shareOf, type TimeView } from './timeView.ts';

/** A piece of a line, as shares of its length. */
export interface DrawnStretch {
  readonly left: number;
  readonly width: number;
  /** How much of the piece its stretches cover, 0–1: many short ones may look like one long one. */
  readonly covered: number;
}

/**
 * Stretches as they are drawn on a line of so many pixels: what lies outside is left out, what would touch on the screen is one
 * piece. However many there are, at most `pixels` come back.
 * @param stretches by start
 */
export function drawnStretches(stretches: Iterable<Stretch>, view: TimeView, pixels: number): DrawnStretch[] {
  const gap = 1 / Math.max(1, pixels);
  const drawn: Array<{ left: number; right: number; filled: number }> = [];
  for (const { startNs, endNs } of stretches) {
    const left = Math.max(0, shareOf(view, startNs));
    const right = Math.min(1, shareOf(view, endNs));
    const last = drawn.at(-1);
    if (right < 0 || left > 1) {
      continue;
    }
    if (last !== undefined && left - last.right < gap) {
      last.filled += Math.max(0, right - Math.max(left, last.right));
      last.right = Math.max(last.right, right);
    } else {
      drawn.push({ left, right, filled: right - left });
    }
  }
  return drawn.map(({ left, right, filled }) => ({
    left,
    width: right - left,
    covered: right > left ? Math.min(1, filled / (right - left)) : 1,
  }));
}
