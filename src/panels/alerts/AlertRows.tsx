import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { groupInOrder } from '../../core/alerts/groupInOrder.ts';
import { t } from '../../i18n/t.ts';
import { AlertTag } from '../../ui/AlertTag.tsx';
import { DataTable, type DataColumn, type DataGroup } from '../../ui/DataTable.tsx';
import { describeStanding } from '../../ui/describeStanding.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ALERT_STATE_LOOK, SEVERITY_LOOK } from '../../ui/tone.ts';
import { useSteadyRows } from '../../ui/useSteadyRows.ts';
import { Value } from '../../ui/Value.tsx';
import { FACT_TITLES, type AlertFact, type AlertsPanelOptions, type Grouping } from './options.ts';
import type { AlertRow } from './readAlertFrames.ts';

/** What can be done beyond looking; each is undefined where it cannot. */
export interface RowActs {
  readonly link: ((row: AlertRow, className: string) => ReactNode) | undefined;
  readonly open: ((row: AlertRow) => void) | undefined;
  readonly acknowledge: ((row: AlertRow) => void) | undefined;
  /** Name of who is looking. */
  readonly me: string | undefined;
}

export interface AlertRowsProps {
  readonly rows: readonly AlertRow[];
  readonly options: AlertsPanelOptions;
  /** Of the panel, in px: a panel may be narrow in a wide window. */
  readonly width: number;
  readonly acts: RowActs;
}

/** Below, a row is a card. */
const NARROW = 560;
/** No wider than its content, which does not break: the sentence needs the room. */
const FIT = '1%';

const idOf = ({ id }: AlertRow): string => id;
const versionOf = ({ state, severity, acknowledged, suppressedBy }: AlertRow): string =>
  [state, severity, acknowledged?.by, acknowledged?.comment, ...suppressedBy.map(({ kind }) => kind)].join();

/** Alerts, one to a line; to a card where the panel is narrow. */
export function AlertRows({ rows: given, options, width, acts }: AlertRowsProps) {
  const styles = useStyles2(getStyles);
  const [reading, setReading] = useState(false);
  const { density, groupBy } = options;
  const hold = reading && groupBy === 'none';
  const { rows, marks } = useSteadyRows({ rows: given, keyOf: idOf, versionOf, hold });
  return (
    <div onPointerEnter={() => setReading(true)} onPointerLeave={() => setReading(false)}>
      <DataTable
        label={t('panel.alert-rows.alerts', 'Alerts')}
        shape={width < NARROW ? 'cards' : 'table'}
        dense={density === 'compact'}
        columns={columnsOf(options.facts, acts, styles)}
        rows={rows}
        rowKey={idOf}
        markOf={({ id }) => marks.get(id)}
        {...(acts.open ? { onOpen: acts.open } : {})}
        {...(groupBy === 'none' ? {} : { groups: groupRows(rows, groupBy) })}
      />
    </div>
  );
}

const HEADING: Readonly<Record<Exclude<Grouping, 'none'>, (row: AlertRow) => string>> = {
  service: ({ service }) => service || t('panel.alert-rows.no-service', 'No service'),
  team: ({ team }) => team || t('panel.alert-rows.no-team', 'No team'),
  severity: ({ severity }) => SEVERITY_LOOK[severity].word,
  state: stateTitle,
};

/** What is silenced or taken wants nobody now, though it fires still. */
function stateTitle({ state, acknowledged, suppressedBy }: AlertRow): string {
  if (suppressedBy.length > 0) {
    return t('panel.alert-rows.suppressed', 'Suppressed');
  }
  return acknowledged === null ? ALERT_STATE_LOOK[state].word : t('panel.alert-rows.acknowledged', 'Acknowledged');
}

const groupRows = (
  rows: readonly AlertRow[],
  grouping: Exclude<Grouping, 'none'>
): ReadonlyArray<DataGroup<AlertRow>> =>
  groupInOrder(rows, HEADING[grouping]).map(({ key, members }) => ({ key, heading: key, rows: members }));

type Styles = ReturnType<typeof getStyles>;
type Column = DataColumn<AlertRow>;

function columnsOf(facts: readonly AlertFact[], acts: RowActs, styles: Styles): readonly Column[] {
  const { link, acknowledge } = acts;
  return [
    {
      id: 'state',
      header: t('panel.alert-rows.state', 'State'),
      width: FIT,
      onCard: 'title',
      cell: (row) => <AlertTag alert={row} />,
    },
    {
      id: 'summary',
      header: t('panel.alert-rows.alert', 'Alert'),
      onCard: 'title',
      cell: (row) => link?.(row, styles.link) ?? <span className={styles.summary}>{row.summary}</span>,
    },
    ...facts.map((fact) => factColumn(fact, acts, styles)),
    ...(acknowledge ? [acknowledgeColumn(acknowledge)] : []),
  ];
}

function factColumn(fact: AlertFact, { me }: RowActs, styles: Styles): Column {
  const column = { id: fact, header: FACT_TITLES[fact] };
  switch (fact) {
    case 'value':
      return {
        ...{ ...column, width: FIT, align: 'right' },
        cell: ({ value, unit }) => (
          <Value
            value={value}
            unit={unit}
            missing={t('panel.alert-rows.the-source-sent-no-value', 'The source sent no value')}
          />
        ),
      };
    case 'age':
      return {
        ...{ ...column, width: FIT, align: 'right' },
        cell: ({ startsAt }) => <RelativeTime at={startsAt} form="span" />,
      };
    case 'standing':
      return {
        ...{ ...column, width: '22%' },
        cell: (row) => <span className={styles.words}>{describeStanding(row, me)}</span>,
      };
    default:
      return { ...column, width: '12%', cell: (row) => <span className={styles.words}>{row[fact] || '–'}</span> };
  }
}

const acknowledgeColumn = (acknowledge: (row: AlertRow) => void): Column => ({
  id: 'acknowledge',
  header: '',
  width: FIT,
  align: 'right',
  cell: (row) =>
    row.acknowledged === null && row.state !== 'resolved' ? (
      <Button
        size="sm"
        variant="secondary"
        aria-label={t('panel.alert-rows.acknowledge-2', 'Acknowledge {{summary}}', { summary: row.summary })}
        onClick={() => acknowledge(row)}
      >
        {t('panel.alert-rows.acknowledge', 'Acknowledge')}
      </Button>
    ) : null,
});

const getStyles = (theme: GrafanaTheme2) => {
  const summary = { fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' } as const;
  return {
    summary: css(summary),
    link: css({ ...summary, '&:hover': { textDecoration: 'underline' } }),
    words: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  };
};
