import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, Icon, useStyles2 } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../DataTable.tsx';
import { RelativeTime } from '../../RelativeTime.tsx';
import { formatMs, nameOfTrace, spansOf, type FoundTrace, toggled } from './foundTraces.ts';

export interface FoundTracesProps {
  readonly traces: readonly FoundTrace[];
  /** Draws the way into a trace. */
  readonly link: (trace: FoundTrace, words: string) => ReactNode;
  /** The trace that the keyboard is on. */
  readonly currentId: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (traceIds: readonly string[]) => void;
  readonly onOpen: (traceId: string) => void;
}

/** Traces of a search as a list; each can be selected. */
export function FoundTraces({ traces, link, currentId, selected, onSelect, onOpen }: FoundTracesProps) {
  const styles = useStyles2(getStyles);
  const longest = traces.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  const columns = useMemo((): ReadonlyArray<DataColumn<FoundTrace>> => {
    const toggle = (traceId: string): void => onSelect(toggled(selected, traceId));
    return [
      {
        ...{ id: 'select', header: '', spoken: t('ui.found-traces.select', 'Select'), width: '36px', onCard: 'corner' },
        cell: ({ traceId, ...trace }) => (
          <Checkbox
            aria-label={t('ui.found-traces.select-one', 'Select {{name}}', { name: nameOfTrace(trace) })}
            value={selected.has(traceId)}
            onChange={() => toggle(traceId)}
          />
        ),
      },
      {
        ...{ id: 'name', header: t('ui.found-traces.trace', 'Trace'), onCard: 'title' },
        cell: (trace) => <span className={styles.name}>{link(trace, nameOfTrace(trace))}</span>,
      },
      {
        ...{ id: 'failed', header: t('ui.found-traces.failed-in', 'Failed in'), width: '18%' },
        cell: ({ failedIn }) =>
          failedIn.length === 0 ? (
            ''
          ) : (
            <span className={styles.failed}>
              <Icon name="exclamation-circle" aria-hidden /> {failedIn.join(', ')}
            </span>
          ),
      },
      {
        ...{ id: 'spans', header: t('ui.found-traces.spans', 'Spans'), align: 'right', width: '64px' },
        cell: (trace) => spansOf(trace) || '',
      },
      {
        ...{ id: 'services', header: t('ui.found-traces.services', 'Services'), align: 'right', width: '76px' },
        cell: ({ services }) => services.length || '',
      },
      {
        ...{ id: 'duration', header: t('ui.found-traces.duration', 'Duration'), align: 'right', width: '160px' },
        cell: ({ durationMs }) => (
          <span className={styles.duration}>
            <span className={styles.track} aria-hidden>
              <span className={styles.bar} style={{ width: `${longest === 0 ? 0 : (durationMs / longest) * 100}%` }} />
            </span>
            <span className={styles.number}>{formatMs(durationMs)}</span>
          </span>
        ),
      },
      {
        ...{ id: 'start', header: t('ui.found-traces.start', 'Start'), align: 'right', width: '96px' },
        cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
      },
    ];
  }, [link, longest, onSelect, selected, styles]);
  return (
    <DataTable
      label={t('ui.found-traces.traces', 'Traces')}
      dense
      columns={columns}
      rows={traces}
      rowKey={({ traceId }) => traceId}
      isCurrent={({ traceId }) => traceId === currentId}
      onOpen={({ traceId }) => onOpen(traceId)}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ overflowWrap: 'anywhere', '& a:hover': { textDecoration: 'underline' } }),
  failed: css({ color: theme.colors.error.text }),
  duration: css({ display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: theme.spacing(1) }),
  number: css({ minWidth: '7ch', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  track: css({
    flex: '1 1 0',
    width: 80,
    minWidth: 40,
    maxWidth: 80,
    height: 6,
    background: theme.colors.background.secondary,
  }),
  bar: css({ display: 'block', height: '100%', background: theme.colors.primary.main }),
});
