import type { KeyboardEvent } from 'react';
import type { Hotkeys } from '../../useHotkeys.ts';

export const WATERFALL_KEYS = [
  ['j  k', 'Next, previous span'],
  ['← →', 'Fold, unfold'],
  ['Enter', 'Tell the span in full'],
  ['/', 'Filter'],
  ['n  p', 'Next, previous match'],
  ['e', 'Next error'],
  ['c', 'Mark the critical path, or not'],
  ['+ − 0', 'Look closer, look wider, see the whole time'],
  ['[ ]', 'Earlier, later'],
  ['Escape', 'Close the span'],
  ['?', 'This help'],
] as const;

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="slider"], [role="separator"]';
const OWN_KEYS: ReadonlySet<string> = new Set(['Enter', ' ']);

/** Keys within the waterfall; what is typed into a field, or belongs to a button, is left alone. */
export function onWaterfallKey(event: KeyboardEvent, keys: Hotkeys): void {
  const { target, key } = event;
  const action = keys[key];
  if (action === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const element = target instanceof Element ? target : null;
  const elsewhere =
    element?.closest(TYPING) != null || (OWN_KEYS.has(key) && element?.closest('button, a, [role="button"]') != null);
  if (!elsewhere) {
    event.preventDefault();
    action();
  }
}
