import { useEffect, useRef } from 'react';

/** Key as the browser names it, such as `j`, `/`, `Enter`, `Escape`. */
export type Hotkeys = Readonly<Record<string, () => void>>;

const TYPING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]';
/** These act on what has the focus. */
const OWN_KEYS: ReadonlySet<string> = new Set(['Enter', ' ']);
const FOCUSABLE = 'a, button, [role="button"], [role="tab"], [role="option"], [role="menuitem"], summary';

function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
    return true;
  }
  const { target } = event;
  if (!(target instanceof Element)) {
    return false;
  }
  // A dialog that is open has the keyboard to itself.
  const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]');
  return (
    dialog !== null ||
    target.closest(`${TYPING}, [role="menu"]`) !== null ||
    (OWN_KEYS.has(event.key) && target.closest(FOCUSABLE) !== null)
  );
}

/** Single keys for the whole page, while nobody types and no dialog is open. */
export function useHotkeys(keys: Hotkeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      if (action !== undefined && !belongsElsewhere(event)) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
