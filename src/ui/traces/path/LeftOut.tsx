import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { whyNotAwaited } from '../../../core/traces/coarseClocks.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { AsyncChild } from '../../../core/traces/pathList/asyncChildren.ts';
import { durationOf, operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import type { GridColumn } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { SpanName } from '../SpanName.tsx';
import type { TraceViewProps } from '../traceView.ts';

interface LeftOutProps extends Pick<TraceViewProps, 'trace' | 'selected' | 'onSelect'> {
  readonly leftOut: readonly AsyncChild[];
}

/** Spans that their parent did not wait for, each with its reason. */
export function LeftOut({ trace, leftOut, selected, onSelect }: LeftOutProps) {
  const styles = useStyles2(getStyles);
  const columns = useMemo(() => columnsOf(trace), [trace]);
  if (leftOut.length === 0) {
    return <p className={styles.words}>{t('ui.left-out.each', 'Each span below the root was waited for.')}</p>;
  }
  return (
    <>
      <p className={styles.words}>
        {t('ui.left-out.these', 'These, and all below them, are not on the critical path.')}
        {leftOut.some(({ byClockNs }) => byClockNs > 0) &&
          ` ${t('ui.left-out.by-clock', 'Some of these may be due to a clock: adjust clocks, and they count as waited for.')}`}
      </p>
      <VirtualGrid
        label={t('ui.left-out.label', 'Spans that were not waited for')}
        columns={columns}
        rows={leftOut}
        isSelected={({ span }) => span === selected}
        onOpen={({ span }) => onSelect(span)}
      />
    </>
  );
}

const columnsOf = (trace: Trace): ReadonlyArray<GridColumn<AsyncChild>> => [
  {
    id: 'span',
    header: t('ui.left-out.span', 'Span'),
    width: 'minmax(16ch, 1fr)',
    onCard: 'title',
    cell: ({ span }) => <SpanName service={serviceOf(trace, span)} operation={operationOf(trace, span)} />,
  },
  {
    id: 'why',
    header: t('ui.left-out.why', 'Why'),
    width: 'minmax(20ch, 1.5fr)',
    cell: ({ reason, byClockNs }) => {
      const why = whyNotAwaited(reason, byClockNs);
      return <span title={why}>{why}</span>;
    },
  },
  {
    id: 'took',
    header: t('ui.left-out.took', 'Took'),
    width: '11ch',
    align: 'right',
    cell: ({ span }) => formatNanoseconds(durationOf(trace, span)),
  },
  {
    id: 'below',
    header: t('ui.left-out.spans-below', 'Spans below'),
    width: '13ch',
    align: 'right',
    cell: ({ below }) => below.toLocaleString('en-US'),
  },
];

const getStyles = (theme: GrafanaTheme2) => ({
  words: css({ margin: 0, color: theme.colors.text.secondary }),
});
