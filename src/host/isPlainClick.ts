import type { MouseEvent } from 'react';

/** Not one with which a browser opens a link elsewhere: a new tab, a new window, a download. */
export const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
