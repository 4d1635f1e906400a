import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * For an element that changes its place in a list: a moved element loses the focus, and with it whoever works by keyboard. Call the
 * second before the move; what had the focus inside has it again when `place` has changed.
 */
export function useKeptFocus<E extends HTMLElement>(place: number): readonly [RefObject<E | null>, () => void] {
  const element = useRef<E>(null);
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const { current } = focused;
    focused.current = null;
    if (current instanceof HTMLElement && element.current?.contains(current) === true) {
      // At the end of the list the button for that way is off: the other one is next to it.
      const target = current.matches(':disabled') ? element.current.querySelector('button:enabled') : current;
      (target instanceof HTMLElement ? target : current).focus();
    }
  }, [place]);
  const keep = useCallback(() => {
    focused.current = document.activeElement;
  }, []);
  return [element, keep];
}
