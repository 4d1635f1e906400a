import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Dropdown, Menu, useStyles2 } from '@grafana/ui';
import type { SilenceView } from '../../../api/routing.ts';
import { formatMatcher } from '../../../core/matchers.ts';
import type { EpochMs } from '../../../core/units.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../../ui/breakpoints.ts';
import { DataTable, type DataColumn } from '../../../ui/DataTable.tsx';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import { look, type StateLook } from '../../../ui/tone.ts';
import { EXPIRY_PRESETS } from '../acts/silenceForm.ts';

const LOOK: Readonly<Record<SilenceView['state'], StateLook>> = {
  active: look('info', 'bell-slash', () => t('alerts.silences-table.active', 'Active')),
  pending: look('quiet', 'hourglass', () => t('alerts.silences-table.pending', 'Pending')),
  expired: look('quiet', 'history', () => t('alerts.silences-table.expired', 'Expired')),
};

export interface SilenceRowActs {
  readonly onEdit: (silence: SilenceView) => void;
  readonly onExtend: (extension: { readonly silence: SilenceView; readonly endsAt: EpochMs }) => void;
  readonly onEnd: (silence: SilenceView) => void;
}

export interface SilencesTableProps {
  readonly silences: readonly SilenceView[];
  /** Undefined for those who may not act. */
  readonly acts: SilenceRowActs | undefined;
}

/** Silences, one to a line, with what can be done to each. */
export function SilencesTable({ silences, acts }: SilencesTableProps) {
  return (
    <DataTable
      label={t('alerts.silences-table.silences', 'Silences')}
      columns={columns(acts)}
      rows={silences}
      rowKey={({ id }) => id}
    />
  );
}

const columns = (acts: SilenceRowActs | undefined): ReadonlyArray<DataColumn<SilenceView>> => [
  {
    id: 'state',
    header: t('alerts.silences-table.state', 'State'),
    width: '110px',
    onCard: 'title',
    cell: ({ state }) => <StateTag look={LOOK[state]} />,
  },
  {
    id: 'matchers',
    header: t('alerts.silences-table.alerts-that-match', 'Alerts that match'),
    onCard: 'title',
    cell: (silence) => <Matchers silence={silence} />,
  },
  {
    id: 'matching',
    header: t('alerts.silences-table.matching-now', 'Matching now'),
    width: '110px',
    align: 'right',
    cell: ({ matching }) => matching,
  },
  { id: 'comment', header: t('alerts.silences-table.why', 'Why'), width: '22%', cell: ({ comment }) => comment },
  { id: 'by', header: t('alerts.silences-table.by', 'By'), width: '120px', cell: ({ createdBy }) => createdBy },
  {
    id: 'ends',
    header: t('alerts.silences-table.ends', 'Ends'),
    width: '100px',
    cell: ({ endsAt }) => <RelativeTime at={endsAt} />,
  },
  ...(acts
    ? [
        {
          id: 'acts',
          header: '',
          width: '1%',
          align: 'right' as const,
          cell: (silence: SilenceView) => <RowActs silence={silence} acts={acts} />,
        },
      ]
    : []),
];

function Matchers({ silence }: { silence: SilenceView }) {
  const styles = useStyles2(getStyles);
  return <span className={styles.matchers}>{silence.matchers.map(formatMatcher).join(', ')}</span>;
}

function RowActs({ silence, acts }: { silence: SilenceView; acts: SilenceRowActs }) {
  const styles = useStyles2(getStyles);
  const name = silence.matchers.map(formatMatcher).join(', ');
  if (silence.state === 'expired') {
    return (
      <Button
        size="sm"
        variant="secondary"
        aria-label={t('alerts.silences-table.silence-again-one', 'Silence again: {{name}}', { name })}
        onClick={() => acts.onEdit(silence)}
      >
        {t('alerts.silences-table.silence-again', 'Silence again')}
      </Button>
    );
  }
  return (
    <div className={styles.acts}>
      <Dropdown overlay={() => <Extensions silence={silence} onExtend={acts.onExtend} />} placement="bottom-end">
        <Button
          size="sm"
          variant="secondary"
          icon="angle-down"
          iconPlacement="right"
          aria-label={t('alerts.silences-table.extend-one', 'Extend: {{name}}', { name })}
        >
          {t('alerts.silences-table.extend', 'Extend')}
        </Button>
      </Dropdown>
      <Button
        size="sm"
        variant="secondary"
        aria-label={t('alerts.silences-table.edit-one', 'Edit: {{name}}', { name })}
        onClick={() => acts.onEdit(silence)}
      >
        {t('alerts.silences-table.edit', 'Edit')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        aria-label={t('alerts.silences-table.end-now-one', 'End now: {{name}}', { name })}
        onClick={() => acts.onEnd(silence)}
      >
        {t('alerts.silences-table.end-now', 'End now')}
      </Button>
    </div>
  );
}

/** By how much: on top of what is left. */
function Extensions({ silence, onExtend }: Pick<SilenceRowActs, 'onExtend'> & { silence: SilenceView }) {
  return (
    <Menu>
      {EXPIRY_PRESETS.map(({ label, until }) => (
        <Menu.Item
          key={label}
          label={t('alerts.silences-table.by-2', 'By {{label}}', { label })}
          onClick={() => onExtend({ silence, endsAt: until(silence.endsAt) })}
        />
      ))}
    </Menu>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  matchers: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  acts: css({
    display: 'inline-flex',
    gap: theme.spacing(0.5),
    [PHONE]: {
      width: '100%',
      gap: theme.spacing(1),
      paddingTop: theme.spacing(0.5),
      '& button': { flex: 1, height: theme.spacing(4), justifyContent: 'center' },
    },
  }),
});
