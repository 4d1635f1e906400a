import { useMemo } from 'react';
import { useDisplay } from '../display.ts';
import { formatWindow } from '../formatTime.ts';
import { useNow } from '../useNow.ts';
import type { Words } from './evidenceWords.ts';

/** Sentences about a service, with times in the viewer's zone. */
export function useWords(service: string): Words {
  const { timeZone } = useDisplay();
  // Once a minute is enough to notice midnight.
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  return useMemo(() => ({ service, write: (window) => formatWindow(window, now, timeZone) }), [service, now, timeZone]);
}
