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
  ['z', 'See the time of the span'],
  ['[ ]', 'Earlier, later'],
  ['Escape', 'Close the span'],
  ['?', 'This help'],
] as const;

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="slider"], [role="separator"]';
const OWN_KEYS: ReadonlySet<string> = new Set(['Enter', ' ']);

/** Keys within the waterfall; what is typed into a field, or belongs to a button, is left alone. */
export function onWaterfallKey(event: KeyboardEvent, keys: Hotkeys): void {
  const action = keys[event.key];
  if (action !== undefined && !belongsElsewhere(event)) {
    event.preventDefault();
    action();
  }
}

function belongsElsewhere({ target, key, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey || !(target instanceof Element)) {
    return true;
  }
  const controls = OWN_KEYS.has(key) ? `${TYPING}, button, a, [role="button"]` : TYPING;
  return target.closest(controls) !== null;
}
