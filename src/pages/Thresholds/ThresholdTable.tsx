import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, Icon, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { ThresholdView } from '../../api/thresholds.ts';
import { formatHold } from '../../core/formatSpan.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { changeSearch, useLocation } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { useHotkeys } from '../../ui/useHotkeys.ts';
import { fieldName, nameThreshold } from './describeThreshold.ts';
import { FiredCell } from './FiredCell.tsx';
import type { ThresholdRow } from './groupThresholds.ts';
import { ENABLED_LOOK } from './looks.ts';
import type { Previews } from './usePreviews.ts';
import type { Selection } from './useSelection.ts';

export interface ThresholdTableProps {
  readonly rows: readonly ThresholdRow[];
  readonly previews: Previews;
  readonly onSeen: (id: string) => void;
  readonly onOpen: (id: string) => void;
  /** Undefined for those who may only read. */
  readonly selection: Selection | undefined;
}

const levelWords = ({ direction, unit }: ThresholdView, level: number | null): string =>
  level === null ? '–' : `${direction === 'below' ? '< ' : ''}${formatValue(level, unit)}`;

/** Defaults with their overrides indented below, as cards on a phone. */
export function ThresholdTable({ rows, previews, onSeen, onOpen, selection }: ThresholdTableProps) {
  const [current, setCurrent] = useState<string>();
  const columns = useMemo<ReadonlyArray<DataColumn<ThresholdRow>>>(
    () => [
      ...(selection === undefined ? [] : [selectColumn(selection)]),
      {
        id: 'name',
        header: t('thresholds.threshold-table.service-and-signal', 'Service and signal'),
        cell: (row) => <NameCell row={row} />,
        onCard: 'title',
      },
      {
        id: 'warning',
        onCard: 'hidden',
        header: t('thresholds.threshold-table.warning', 'Warning'),
        cell: ({ threshold }) => levelWords(threshold, threshold.warning),
        align: 'right',
      },
      {
        id: 'critical',
        onCard: 'hidden',
        header: t('thresholds.threshold-table.critical', 'Critical'),
        cell: ({ threshold }) => levelWords(threshold, threshold.critical),
        align: 'right',
      },
      {
        id: 'for',
        onCard: 'hidden',
        header: t('thresholds.threshold-table.for', 'For'),
        cell: ({ threshold }) => formatHold(threshold.for),
        align: 'right',
      },
      { id: 'source', onCard: 'hidden', header: t('thresholds.threshold-table.source', 'Source'), cell: sourceWords },
      {
        id: 'owner',
        onCard: 'hidden',
        header: t('thresholds.threshold-table.owner', 'Owner'),
        cell: ({ threshold }) => threshold.owner || '–',
      },
      {
        id: 'fired',
        header: t('thresholds.threshold-table.last-6-h-would-have', 'Last 6 h: would have fired'),
        cell: ({ threshold, isDefault }) => (
          <FiredCell isDefault={isDefault} preview={previews.get(threshold.id)} onSeen={() => onSeen(threshold.id)} />
        ),
      },
      {
        id: 'enabled',
        header: t('thresholds.threshold-table.state', 'State'),
        cell: ({ threshold }) => <StateTag look={ENABLED_LOOK[threshold.enabled ? 'enabled' : 'disabled']} />,
      },
    ],
    [selection, previews, onSeen]
  );
  const move = (by: number) => {
    const at = rows.findIndex(({ threshold }) => threshold.id === current);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.threshold.id;
    setCurrent(next);
    const row = [...document.querySelectorAll<HTMLElement>('[data-row]')].find(
      ({ dataset }) => dataset['row'] === next
    );
    row?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => current !== undefined && onOpen(current),
    x: () => current !== undefined && selection?.toggle(current),
  });
  return (
    <DataTable
      label={t('thresholds.threshold-table.thresholds', 'Thresholds')}
      columns={columns}
      rows={rows}
      rowKey={({ threshold }) => threshold.id}
      isCurrent={({ threshold }) => threshold.id === current}
      onOpen={({ threshold }) => onOpen(threshold.id)}
    />
  );
}

const selectColumn = (selection: Selection): DataColumn<ThresholdRow> => ({
  id: 'select',
  header: '',
  width: '32px',
  onCard: 'corner',
  cell: ({ threshold }) => (
    <Checkbox
      aria-label={t('thresholds.threshold-table.select', 'Select {{name}}', { name: nameThreshold(threshold) })}
      value={selection.ids.has(threshold.id)}
      onChange={() => selection.toggle(threshold.id)}
    />
  ),
});

function sourceWords({ isDefault, overrides }: ThresholdRow): string {
  if (isDefault) {
    return t('thresholds.threshold-table.default', 'default');
  }
  return overrides === undefined
    ? t('thresholds.threshold-table.own', 'own')
    : t('thresholds.threshold-table.override', 'override');
}

function NameCell({ row: { threshold, isDefault, overrides } }: { row: ThresholdRow }) {
  const styles = useStyles2(getStyles);
  const { path, search } = useLocation();
  const { id, service, signal } = threshold;
  const what = describeSignal(signal);
  const full = `${isDefault ? t('thresholds.threshold-table.default', 'default') : service}: ${what}`;
  return (
    <span className={styles.cell}>
      <span className={overrides === undefined ? styles.name : styles.indented}>
        {overrides !== undefined && (
          <Icon name="corner-down-right-alt" size="sm" aria-hidden className={styles.branch} />
        )}
        <AppLink to={path + changeSearch(search, { edit: id, new: null, tab: null })} className={styles.link}>
          {overrides === undefined ? (
            full
          ) : (
            <>
              {service}
              <span className={styles.onCard}>: {what}</span>
            </>
          )}
        </AppLink>
      </span>
      <span className={styles.summary}>{cardSummary(threshold)}</span>
    </span>
  );
}

/** The columns of the table in a line: `warning 300 ms, critical 800 ms, for 10 s · shop`. */
function cardSummary(threshold: ThresholdView): string {
  const levels = (['warning', 'critical'] as const)
    .filter((level) => threshold[level] !== null)
    .map((level) => `${fieldName(level)} ${levelWords(threshold, threshold[level])}`);
  const owner = threshold.owner === '' ? '' : ` · ${threshold.owner}`;
  const hold = t('thresholds.threshold-table.for-hold', 'for {{hold}}', { hold: formatHold(threshold.for) });
  return `${[...levels, hold].join(', ')}${owner}`;
}

const getStyles = (theme: GrafanaTheme2) => {
  const name = {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  } as const;
  return {
    name: css({ ...name, fontWeight: theme.typography.fontWeightMedium }),
    indented: css({ ...name, paddingLeft: theme.spacing(2), [PHONE]: { paddingLeft: 0 } }),
    cell: css({ display: 'flex', flexDirection: 'column', minWidth: 0 }),
    onCard: css({ display: 'none', [PHONE]: { display: 'inline' } }),
    summary: css({ display: 'none', [PHONE]: { display: 'inline', color: theme.colors.text.secondary } }),
    branch: css({ color: theme.colors.text.secondary, flexShrink: 0, [PHONE]: { display: 'none' } }),
    link: css({ color: theme.colors.text.primary, '&:hover': { textDecoration: 'underline' } }),
  };
};
