import { useState } from 'react';

export interface NameWidth {
  readonly px: number;
  readonly most: number;
  readonly set: (px: number) => void;
  /** As wide as it is by itself. */
  readonly reset: () => void;
}

export const LEAST_NAME_PX = 120;
const USUAL_LEAST_PX = 180;
const USUAL_MOST_PX = 520;
const USUAL_SHARE = 0.38;
/** The bars keep the rest. */
const MOST_SHARE = 0.75;

/** Width of the names' column: a part of the whole, until somebody sets it. */
export function useNameWidth(width: number): NameWidth {
  const [chosen, setChosen] = useState<number>();
  const most = Math.max(LEAST_NAME_PX, Math.round(width * MOST_SHARE));
  const usual = Math.min(USUAL_MOST_PX, Math.max(USUAL_LEAST_PX, Math.round(width * USUAL_SHARE)));
  const px = chosen === undefined ? usual : Math.min(most, Math.max(LEAST_NAME_PX, chosen));
  return {
    px,
    most,
    set: (wanted) => setChosen(Math.round(Math.min(most, Math.max(LEAST_NAME_PX, wanted)))),
    reset: () => setChosen(undefined),
  };
}
