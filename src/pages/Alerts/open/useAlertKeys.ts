import { useState, type RefObject } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { t } from '../../../i18n/t.ts';
import { useHotkeys } from '../../../ui/useHotkeys.ts';

/** The keys of the list and what they do. */
export const alertKeys = () =>
  [
    ['/', t('alerts.use-alert-keys.search', 'Search')],
    ['j', t('alerts.use-alert-keys.next', 'Next alert')],
    ['k', t('alerts.use-alert-keys.previous', 'Previous alert')],
    ['Enter', t('alerts.use-alert-keys.open', 'Open the alert')],
    ['x', t('alerts.use-alert-keys.select', 'Select or deselect the alert')],
    ['a', t('alerts.use-alert-keys.acknowledge', 'Acknowledge the selected alerts, or the current one')],
    ['s', t('alerts.use-alert-keys.silence', 'Silence the selected alerts, or the current one')],
    ['c', t('alerts.use-alert-keys.fold', "Collapse or expand the alert's group")],
    ['Escape', t('alerts.use-alert-keys.clear', 'Clear the selection')],
    ['?', t('alerts.use-alert-keys.help', 'Show these shortcuts')],
  ] as const;

export interface AlertKeysOptions {
  /** In the order in which they stand, the hidden ones too. */
  readonly alerts: readonly AlertView[];
  /** In a group that is folded: stepped over, and not to be acted on. */
  readonly isHidden: (alert: AlertView) => boolean;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly open: (alert: AlertView) => void;
  readonly select: (alert: AlertView) => void;
  readonly clear: () => void;
  /** With the alert that the keyboard is on, for when nothing is selected. */
  readonly acknowledge: (current: AlertView | undefined) => void;
  readonly silence: (current: AlertView | undefined) => void;
  readonly fold: (alert: AlertView) => void;
  readonly help: () => void;
}

/** Works the list by keyboard. @returns id of the alert that the keyboard is on */
export function useAlertKeys(options: AlertKeysOptions): string | undefined {
  const { alerts, isHidden, search } = options;
  const [currentId, setCurrentId] = useState<string>();
  const place = alerts.find(({ id }) => id === currentId);
  const current = place !== undefined && isHidden(place) ? undefined : place;
  const withCurrent = (act: (alert: AlertView) => void) => () => {
    if (current !== undefined) {
      act(current);
    }
  };

  function move(by: 1 | -1): void {
    const index = alerts.findIndex(({ id }) => id === currentId);
    const ahead = by === 1 || index === -1 ? alerts.slice(index + 1) : alerts.slice(0, index).toReversed();
    const next = ahead.find((alert) => !isHidden(alert));
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
    c: () => place !== undefined && options.fold(place),
    Escape: options.clear,
    '?': options.help,
  });
  return place?.id;
}
