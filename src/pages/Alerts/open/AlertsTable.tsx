import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { AlertView, DeliveryView } from '../../../api/alerts.ts';
import { alertPath } from '../../../host/alertPath.ts';
import { AppLink } from '../../../host/AppLink.tsx';
import { t } from '../../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../../ui/DataTable.tsx';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { Value } from '../../../ui/Value.tsx';
import { AlertTag } from '../../../ui/AlertTag.tsx';
import { describeStanding } from '../../../ui/describeStanding.ts';
import { describeDeliveries } from '../describeDeliveries.ts';
import type { AlertGroup } from './groupAlerts.ts';
import { GroupHeading } from './GroupHeading.tsx';
import type { Groups } from './useGroups.ts';

export interface AlertsTableProps {
  readonly groups: Groups;
  readonly deliveries: readonly DeliveryView[];
  readonly marks: ReadonlyMap<string, number>;
  readonly currentId: string | undefined;
  readonly selection: ReadonlySet<string>;
  /** Undefined for those who may not act: then there are no boxes. */
  readonly onSelect: ((alert: AlertView) => void) | undefined;
  readonly onOpen: (alert: AlertView) => void;
  /** Name of who is looking. */
  readonly me: string | undefined;
}

function deliveriesByAlert(deliveries: readonly DeliveryView[]): ReadonlyMap<string, readonly DeliveryView[]> {
  const byAlert = new Map<string, DeliveryView[]>();
  for (const delivery of deliveries) {
    byAlert.set(delivery.alertId, [...(byAlert.get(delivery.alertId) ?? []), delivery]);
  }
  return byAlert;
}

function dataGroup(group: AlertGroup, { isCollapsed, toggle }: Groups, currentId: string | undefined) {
  const collapsed = isCollapsed(group);
  return {
    key: group.key,
    heading: <GroupHeading group={group} isCollapsed={collapsed} onToggle={() => toggle(group)} />,
    rows: collapsed ? [] : group.alerts,
    isCurrent: collapsed && group.alerts.some(({ id }) => id === currentId),
  };
}

const selectColumn = (
  selection: AlertsTableProps['selection'],
  onSelect: (alert: AlertView) => void
): DataColumn<AlertView> => ({
  id: 'select',
  header: '',
  spoken: t('alerts.alerts-table.select', 'Select'),
  width: '32px',
  onCard: 'corner',
  cell: (alert) => (
    <Checkbox
      aria-label={t('alerts.alerts-table.select-one', 'Select {{summary}}', { summary: alert.summary })}
      value={selection.has(alert.id)}
      onChange={() => onSelect(alert)}
    />
  ),
});

/** Open alerts, one to a line. */
export function AlertsTable(props: AlertsTableProps) {
  const { groups, deliveries, marks, currentId, selection, onSelect, onOpen, me } = props;
  const styles = useStyles2(getStyles);
  const byAlert = useMemo(() => deliveriesByAlert(deliveries), [deliveries]);
  const columns: ReadonlyArray<DataColumn<AlertView>> = [
    ...(onSelect ? [selectColumn(selection, onSelect)] : []),
    {
      id: 'state',
      header: t('alerts.alerts-table.state', 'State'),
      width: '130px',
      onCard: 'title',
      cell: (alert) => <AlertTag alert={alert} />,
    },
    {
      id: 'summary',
      header: t('alerts.alerts-table.alert', 'Alert'),
      onCard: 'title',
      cell: (alert) => (
        <AppLink to={alertPath(alert.id)} className={styles.summary}>
          {alert.summary}
        </AppLink>
      ),
    },
    {
      id: 'value',
      header: t('alerts.alerts-table.now', 'Now'),
      width: '90px',
      align: 'right',
      cell: ({ value, unit }) => (
        <Value
          value={value}
          unit={unit}
          missing={t('alerts.alerts-table.the-source-sent-no-value', 'The source sent no value')}
        />
      ),
    },
    {
      id: 'since',
      header: t('alerts.alerts-table.for', 'For'),
      width: '90px',
      align: 'right',
      cell: ({ startsAt }) => <RelativeTime at={startsAt} form="span" />,
    },
    {
      id: 'standing',
      header: t('alerts.alerts-table.standing', 'Handling'),
      width: '22%',
      cell: (alert) => <span className={styles.words}>{describeStanding(alert, me)}</span>,
    },
    {
      id: 'notified',
      header: t('alerts.alerts-table.notified', 'Notified'),
      width: '16%',
      cell: ({ id }) => (
        <span className={styles.words}>
          {describeDeliveries(byAlert.get(id) ?? []) || t('alerts.alerts-table.nobody', 'nobody')}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t('alerts.alerts-table.alerts', 'Alerts')}
      columns={columns}
      rows={groups.ordered}
      rowKey={({ id }) => id}
      isCurrent={({ id }) => id === currentId}
      markOf={({ id }) => marks.get(id)}
      onOpen={onOpen}
      {...(groups.groups ? { groups: groups.groups.map((group) => dataGroup(group, groups, currentId)) } : {})}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  summary: css({
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    '&:hover': { textDecoration: 'underline' },
  }),
  words: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});
