import type { Unit } from '../signals/catalogue.ts';
import type { Direction } from './threshold.ts';

export const LEVEL_NAMES = ['warning', 'critical'] as const;
export type LevelName = (typeof LEVEL_NAMES)[number];

export type Levels = Readonly<Record<LevelName, number | null>>;

/** Lowest and highest value, in the unit's base. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** About how many steps a range is worth: fewer digits than that and a level could not be set as one wants it, more and it never reads well. */
const STEPS = 100;
const BINARY: ReadonlySet<Unit> = new Set(['bytes', 'bytes_per_second']);

/** The next of 1, 2, 5, 10 … times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return clean(factor * power);
}

/** Without the dust of binary fractions. */
const clean = (value: number): number => Number(value.toPrecision(12));

/** By how much a level moves at once, so that it stays a number that people would write: 20 ms, 0.5 %, 10 MiB. */
export function levelStep({ min, max }: Range, unit: Unit): number {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span)) {
    return 1;
  }
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const size = BINARY.has(unit) && largest >= 1024 ? 1024 ** Math.floor(Math.log2(largest) / 10) : 1;
  return roundUp(span / size / STEPS) * size;
}

/** An upper end with room above the highest level, which changes only now and then as the level moves. */
export function roomAbove(highest: number): number {
  if (!(highest > 0) || !Number.isFinite(highest)) {
    return 1;
  }
  const wanted = highest * 1.15;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return clean(([1, 1.5, 2, 3, 4, 6, 8].find((one) => one * power >= wanted) ?? 10) * power);
}

interface Mover {
  readonly levels: Levels;
  readonly direction: Direction;
  readonly scale: Range;
  readonly unit: Unit;
}

/** Between which values a level can be moved: on the scale, and on its own side of the other level. */
export function rangeOf(level: LevelName, { levels, direction, scale, unit }: Mover): Range {
  const other = levels[level === 'warning' ? 'critical' : 'warning'];
  if (other === null) {
    return scale;
  }
  const step = levelStep(scale, unit);
  const isBelow = (level === 'warning') === (direction === 'above');
  return isBelow
    ? { min: scale.min, max: Math.max(scale.min, clean(other - step)) }
    : { min: Math.min(scale.max, clean(other + step)), max: scale.max };
}

/** Where a level comes to stand when it is moved to a value: on a step, within its range. */
export function moveLevel(level: LevelName, value: number, mover: Mover): number {
  const { min, max } = rangeOf(level, mover);
  const step = levelStep(mover.scale, mover.unit);
  return clean(Math.min(max, Math.max(min, clean(Math.round(value / step) * step))));
}
