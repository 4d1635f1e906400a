import type { Tested } from './comparison.ts';

export type AttributeScope = 'span' | 'resource' | 'intrinsic';

/** From `from` up to below `to`; null where it is open. */
export interface ValueRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** How often an attribute has a value in the selection and in the rest. */
export interface AttributeDifference {
  readonly scope: AttributeScope;
  /** Of the attribute; `name` and `status` for what spans have besides. */
  readonly key: string;
  /** Null for a range. Lists and objects are their JSON. */
  readonly value: string | number | boolean | null;
  readonly range: ValueRange | null;
  /** Traces in which a span has it. */
  readonly selection: number;
  readonly rest: number;
  /** Share in the selection minus share in the rest, −1 to 1. */
  readonly difference: number;
  /** Null where the sets are too small to tell. */
  readonly test: Tested | null;
  /** A trace that has it, of the set where it is more frequent. */
  readonly example: string;
}

/** An attribute that was not compared. */
export interface LeftOut {
  readonly scope: AttributeScope;
  readonly key: string;
  /** How many values it has. */
  readonly values: number;
}

export interface SelectionExplained {
  /** Traces. */
  readonly selection: number;
  readonly rest: number;
  /** The largest difference first. What is alike on both sides is not among them. */
  readonly items: readonly AttributeDifference[];
  /** Attributes whose values hardly ever come twice: ids, and the like. */
  readonly leftOut: readonly LeftOut[];
  /** A set has so few traces that shares say little: see `LEAST_TRACES`. */
  readonly isSmall: boolean;
  /** How many p-values were corrected together. */
  readonly tests: number;
}
