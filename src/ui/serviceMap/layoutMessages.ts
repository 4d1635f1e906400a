import type { Cell, LayoutInput } from '../../core/serviceMap/layout/layoutMap.ts';

export interface LayoutQuestion {
  readonly number: number;
  readonly input: LayoutInput;
  readonly known: ReadonlyArray<readonly [string, Cell]>;
}

export interface LayoutAnswer {
  readonly number: number;
  readonly cells: ReadonlyArray<readonly [string, Cell]>;
}
