import type { KeyboardEvent } from 'react';
import { t } from '../../../i18n/t.ts';
import type { Hotkeys } from '../../useHotkeys.ts';

/** What the keys do, in the order of the help. */
export const waterfallKeys = (): ReadonlyArray<readonly [key: string, does: string]> => [
  ['j  k', t('ui.waterfall-keys.next-previous', 'Next, previous span')],
  ['← →', t('ui.waterfall-keys.fold', 'Fold, unfold')],
  ['Enter', t('ui.waterfall-keys.tell', "Open the span's details")],
  ['/', t('ui.waterfall-keys.filter', 'Filter')],
  ['n  p', t('ui.waterfall-keys.match', 'Next, previous match')],
  ['e', t('ui.waterfall-keys.error', 'Next error')],
  ['c', t('ui.waterfall-keys.critical', 'Show or hide the critical path')],
  ['+ − 0', t('ui.waterfall-keys.zoom', 'Zoom in, zoom out, show the whole time')],
  ['z', t('ui.waterfall-keys.span-time', 'Zoom to the span')],
  ['[ ]', t('ui.waterfall-keys.pan', 'Earlier, later')],
  ['Escape', t('ui.waterfall-keys.close', 'Close the span')],
  ['?', t('ui.waterfall-keys.help', 'This help')],
];

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
