import { useState } from 'react';
import { useNow } from './useNow.ts';

/**
 * The time in epoch ms, in steps: the right end of charts, which then ask for new data once per step.
 * While `held` it stands still.
 */
export function useSteadyNow(stepMs: number, held: boolean): number {
  const stepped = useNow((now) => Math.floor(now / stepMs) * stepMs);
  const [shown, setShown] = useState(stepped);
  if (!held && shown !== stepped) {
    setShown(stepped);
  }
  return held ? shown : stepped;
}
