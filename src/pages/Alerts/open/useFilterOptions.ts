import { useMemo } from 'react';
import { listTeams, type AlertView } from '../../../api/alerts.ts';
import { listServices } from '../../../api/system.ts';
import { teamOf } from '../../../core/alerts/team.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export interface FilterOptions {
  readonly services: readonly FilterOption[];
  readonly teams: readonly FilterOption[];
}

const sorted = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => name !== '').toSorted((a, b) => a.localeCompare(b));

/** Names to choose from: those that the engine knows, and those that only alerts have. */
export function useFilterOptions(alerts: readonly AlertView[]): FilterOptions {
  const services = useOperation(listServices, {}).data?.items;
  const teams = useOperation(listTeams, {}).data?.items;
  return useMemo(() => {
    const names = [...(services ?? []).map(({ name }) => name), ...alerts.map(({ service }) => service)];
    const open = new Map((teams ?? []).map(({ name, openAlerts }) => [name, openAlerts]));
    return {
      services: sorted(names).map((value) => ({ value, label: value })),
      teams: sorted([...open.keys(), ...alerts.map(({ labels }) => teamOf(labels))]).map((value) => {
        const count = open.get(value) ?? 0;
        return {
          value,
          label: value,
          ...(count > 0
            ? { description: t('alerts.use-filter-options.open', '{{number}} open', { number: count }) }
            : {}),
        };
      }),
    };
  }, [services, teams, alerts]);
}
