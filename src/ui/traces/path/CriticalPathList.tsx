import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { whyNoPath } from '../../../core/traces/analyzeTrace.ts';
import type { PathSection } from '../../../core/traces/criticalPath.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { asyncChildren } from '../../../core/traces/pathList/asyncChildren.ts';
import { durationOf, operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { EmptyState } from '../../EmptyState.tsx';
import { Section } from '../../Section.tsx';
import type { GridColumn, GridOrder } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { serviceColor } from '../serviceColor.ts';
import { ShareBar } from '../ShareBar.tsx';
import { SpanName } from '../SpanName.tsx';
import type { TraceViewProps } from '../traceView.ts';
import { countedSpans, formatShare } from '../words.ts';
import { LeftOut } from './LeftOut.tsx';

/** The critical path section by section, and what was left out of it and why. */
export function CriticalPathList({ trace, path, selected, onSelect }: TraceViewProps) {
  const styles = useStyles2(getStyles);
  const columns = useMemo(() => columnsOf(trace, path.root), [trace, path]);
  const leftOut = useMemo(() => asyncChildren(trace, path.root), [trace, path]);
  const [order, setOrder] = useState(IN_TIME);
  const sections = useMemo(() => sorted(path.sections, order), [path, order]);
  const reason = whyNoPath(trace, path);
  const shownIndex = useMemo(
    () => (selected === null ? -1 : sections.findIndex(({ span }) => span === selected)),
    [sections, selected]
  );
  return (
    <div className={styles.box}>
      {reason !== undefined ? (
        <EmptyState title={t('ui.critical-path-list.not-computed', 'The critical path was not computed')}>
          {t('ui.critical-path-list.not-computed-why', 'It was not computed {{reason}}.', { reason })}
        </EmptyState>
      ) : (
        <>
          <p className={styles.words}>{describePath(trace, path)}</p>
          <VirtualGrid
            label={t('ui.critical-path-list.sections', 'Sections of the critical path')}
            columns={columns}
            rows={sections}
            order={order}
            onOrder={setOrder}
            shownIndex={shownIndex}
            isSelected={({ span }) => span === selected}
            onOpen={({ span }) => onSelect(span)}
          />
        </>
      )}
      <Section title={t('ui.critical-path-list.not-waited-for', 'Not waited for')} cardsOnPhone>
        <LeftOut trace={trace} leftOut={leftOut} selected={selected} onSelect={onSelect} />
      </Section>
    </div>
  );
}

/** As the path runs. */
const IN_TIME: GridOrder = { by: 'from', descending: false };

function sorted(sections: readonly PathSection[], { by, descending }: GridOrder): readonly PathSection[] {
  const sign = descending ? -1 : 1;
  const figure = ({ startNs, endNs }: PathSection): number => (by === 'took' ? endNs - startNs : startNs);
  return sections.toSorted((a, b) => sign * (figure(a) - figure(b)));
}

function describePath(trace: Trace, { root, sections }: TraceViewProps['path']): string {
  const spans = new Set(sections.map(({ span }) => span)).size;
  return t('ui.critical-path-list.describe', '', {
    count: sections.length,
    number: sections.length.toLocaleString('en-US'),
    spans: countedSpans(spans),
    time: formatNanoseconds(durationOf(trace, root)),
    root: `${serviceOf(trace, root)}: ${operationOf(trace, root)}`,
    defaultValue_one:
      '{{number}} section of {{spans}}, one after the other, add up to the {{time}} that {{root}} took.',
    defaultValue_other:
      '{{number}} sections of {{spans}}, one after the other, add up to the {{time}} that {{root}} took.',
  });
}

function columnsOf(trace: Trace, root: number): ReadonlyArray<GridColumn<PathSection>> {
  const whole = root === -1 ? 0 : durationOf(trace, root);
  return [
    {
      id: 'span',
      header: t('ui.critical-path-list.span', 'Span'),
      width: 'minmax(16ch, 1fr)',
      onCard: 'title',
      cell: ({ span }) => <SpanName service={serviceOf(trace, span)} operation={operationOf(trace, span)} />,
    },
    {
      id: 'from',
      header: t('ui.critical-path-list.from', 'From'),
      width: '11ch',
      align: 'right',
      sortable: true,
      cell: ({ startNs }) => formatNanoseconds(startNs),
    },
    {
      id: 'to',
      header: t('ui.critical-path-list.to', 'To'),
      width: '11ch',
      align: 'right',
      cell: ({ endNs }) => formatNanoseconds(endNs),
    },
    {
      id: 'took',
      header: t('ui.critical-path-list.took', 'Took'),
      width: '11ch',
      align: 'right',
      sortable: true,
      cell: ({ startNs, endNs }) => formatNanoseconds(endNs - startNs),
    },
    {
      id: 'share',
      header: t('ui.critical-path-list.share', 'Share'),
      width: 'minmax(14ch, 24ch)',
      align: 'right',
      cell: (section) => <Share section={section} service={serviceOf(trace, section.span)} whole={whole} />,
      card: ({ startNs, endNs }) => formatShare(endNs - startNs, whole),
    },
  ];
}

interface ShareProps {
  readonly section: PathSection;
  readonly service: string;
  readonly whole: number;
}

function Share({ section: { startNs, endNs }, service, whole }: ShareProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const took = endNs - startNs;
  return (
    <span className={styles.share}>
      <ShareBar share={whole === 0 ? 0 : took / whole} color={serviceColor(theme, service)} />
      <span className={styles.figure}>{formatShare(took, whole)}</span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  words: css({ margin: 0, color: theme.colors.text.secondary }),
  share: css({ display: 'inline-flex', alignItems: 'center', width: '100%', minWidth: 80, gap: theme.spacing(1) }),
  figure: css({ minWidth: '6.5ch' }),
});
