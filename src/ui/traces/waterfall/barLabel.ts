export interface BarPlace {
  /** Shares of the timeline; beyond 0–1 for what lies outside. */
  readonly left: number;
  readonly right: number;
}

/** Where the duration stands: beside the bar where there is room, else on it. */
export type LabelSide = 'after' | 'before' | 'inside';

/** Share of the timeline that a label needs. */
const ROOM = 0.2;

export function labelSide({ left, right }: BarPlace): LabelSide {
  if (1 - right >= ROOM) {
    return 'after';
  }
  return left >= ROOM ? 'before' : 'inside';
}
