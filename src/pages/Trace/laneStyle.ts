import { placeOn, type LinkedStretch } from '../../core/traces/links/linkedAxis.ts';

/** Pixels that each bar has at least. */
export const SHORTEST_BAR = 2;

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Where a bar stands in its lane. One that is short at the end of a long axis would stand beyond the lane with all but a hair of it. */
export function laneStyle(axis: LinkedStretch, stretch: LinkedStretch): { left: string; width: string } {
  const { left, width } = placeOn(axis, stretch);
  return { left: `min(${percent(left)}, calc(100% - ${SHORTEST_BAR}px))`, width: percent(width) };
}
