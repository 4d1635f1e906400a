import { useEffect, useRef, type RefObject } from 'react';

/**
 * Takes the focus for a dialog that a menu opened: the menu gives it back to its own button as it closes, after the dialog is there.
 * @returns the ref of what is to have it
 */
export function useFocusAfterMenu<E extends HTMLElement>(): RefObject<E | null> {
  const target = useRef<E>(null);
  useEffect(() => {
    const timer = setTimeout(() => target.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return target;
}
