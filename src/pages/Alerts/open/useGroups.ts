import { useMemo } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { joinTexts } from '../../../core/textList.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { groupAlerts, readGrouping, type AlertGroup } from './groupAlerts.ts';

export interface Groups {
  /** Undefined where nothing is grouped. */
  readonly groups: readonly AlertGroup[] | undefined;
  /** All alerts in the order in which they stand, the hidden ones too. */
  readonly ordered: readonly AlertView[];
  readonly isCollapsed: (group: AlertGroup) => boolean;
  readonly isHidden: (alert: AlertView) => boolean;
  readonly toggle: (group: AlertGroup) => void;
  readonly toggleOf: (alert: AlertView) => void;
  readonly collapseAll: () => void;
  readonly expandAll: () => void;
}

const ALONE: readonly AlertGroup[] = [];

/** The alerts under their headings, and which of these are folded: both stand in the address. */
export function useGroups(alerts: readonly AlertView[]): Groups {
  const params = useQueryParams();
  return useMemo(() => {
    const grouping = readGrouping(params.get('group'));
    const groups = grouping === undefined ? undefined : groupAlerts(alerts, grouping);
    const all = groups ?? ALONE;
    const collapsed = new Set(params.list('collapsed'));
    const isCollapsed = ({ key }: AlertGroup): boolean => collapsed.has(key);
    const groupOf = new Map(all.flatMap((group) => group.alerts.map(({ id }) => [id, group] as const)));
    const setCollapsed = (keys: readonly string[]) => params.set({ collapsed: joinTexts(keys) });
    const toggle = (group: AlertGroup): void =>
      setCollapsed(isCollapsed(group) ? [...collapsed].filter((key) => key !== group.key) : [...collapsed, group.key]);
    return {
      groups,
      ordered: groups === undefined ? alerts : groups.flatMap((group) => group.alerts),
      isCollapsed,
      isHidden({ id }) {
        const group = groupOf.get(id);
        return group !== undefined && isCollapsed(group);
      },
      toggle,
      toggleOf({ id }) {
        const group = groupOf.get(id);
        if (group !== undefined) {
          toggle(group);
        }
      },
      collapseAll: () => setCollapsed(all.map(({ key }) => key)),
      expandAll: () => setCollapsed([]),
    };
  }, [alerts, params]);
}
