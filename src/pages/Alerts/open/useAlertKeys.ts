import { useState, type RefObject } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { useHotkeys } from '../../../ui/useHotkeys.ts';

export const ALERT_KEYS = [
  ['/', 'Search'],
  ['j', 'Next alert'],
  ['k', 'Previous alert'],
  ['Enter', 'Open the alert'],
  ['x', 'Select or deselect the alert'],
  ['a', 'Acknowledge what is selected, else the alert'],
  ['s', 'Silence what is selected, else the alert'],
  ['Escape', 'Clear the selection'],
  ['?', 'Show these shortcuts'],
] as const;

export interface AlertKeysOptions {
  readonly alerts: readonly AlertView[];
  readonly search: RefObject<HTMLInputElement | null>;
  readonly open: (alert: AlertView) => void;
  readonly select: (alert: AlertView) => void;
  readonly clear: () => void;
  /** With the alert that the keyboard is on, for when nothing is selected. */
  readonly acknowledge: (current: AlertView | undefined) => void;
  readonly silence: (current: AlertView | undefined) => void;
  readonly help: () => void;
}

/** Works the list by keyboard. @returns id of the alert that the keyboard is on */
export function useAlertKeys(options: AlertKeysOptions): string | undefined {
  const { alerts, search } = options;
  const [currentId, setCurrentId] = useState<string>();
  const current = alerts.find(({ id }) => id === currentId);
  const withCurrent = (act: (alert: AlertView) => void) => () => {
    if (current !== undefined) {
      act(current);
    }
  };

  function move(by: number): void {
    const index = alerts.findIndex(({ id }) => id === currentId);
    const next = alerts[index === -1 ? 0 : Math.min(alerts.length - 1, Math.max(0, index + by))];
    if (next !== undefined) {
      setCurrentId(next.id);
      document.querySelector(`[data-row="${CSS.escape(next.id)}"]`)?.scrollIntoView?.({ block: 'nearest' });
    }
  }

  useHotkeys({
    '/': () => search.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    Enter: withCurrent(options.open),
    x: withCurrent(options.select),
    a: () => options.acknowledge(current),
    s: () => options.silence(current),
    Escape: options.clear,
    '?': options.help,
  });
  return current?.id;
}
