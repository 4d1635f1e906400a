import { useContext, useEffect, useRef } from 'react';
import { LiveContext } from './useLive.ts';

/** Calls when the engine says that its answers of a resource, such as `alerts`, have become old. */
export function useTouched(resource: string, onTouched: () => void): void {
  const live = useContext(LiveContext);
  const latest = useRef(onTouched);
  useEffect(() => {
    latest.current = onTouched;
  });
  useEffect(
    () =>
      live?.onTouched((isTouched) => {
        if (isTouched(resource)) {
          latest.current();
        }
      }),
    [live, resource]
  );
}
