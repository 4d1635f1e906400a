import { useCallback, useEffect, useRef } from 'react';

export interface Rerun {
  /** Undefined where queries cannot be run again. */
  readonly rerun: (() => void) | undefined;
  readonly isLoading: boolean;
}

/** Runs the queries again once the run that is going on has ended: a new one would cancel it, and under a storm none would ever end. */
export function useRerun({ rerun, isLoading }: Rerun): () => void {
  const wanted = useRef(false);
  const latest = useRef({ rerun, isLoading });
  const runIfIdle = useCallback(() => {
    if (wanted.current && !latest.current.isLoading) {
      wanted.current = false;
      latest.current.rerun?.();
    }
  }, []);
  useEffect(() => {
    latest.current = { rerun, isLoading };
    runIfIdle();
  }, [rerun, isLoading, runIfIdle]);
  return useCallback(() => {
    wanted.current = true;
    runIfIdle();
  }, [runIfIdle]);
}
