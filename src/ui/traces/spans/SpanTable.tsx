import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { SpanGroup } from '../../../core/traces/spanTable/groupSpans.ts';
import { SPAN_SORTS, type SpanOrder } from '../../../core/traces/spanTable/sortSpans.ts';
import { spansToCsv } from '../../../core/traces/spanTable/spansToCsv.ts';
import { t } from '../../../i18n/t.ts';
import { EmptyState } from '../../EmptyState.tsx';
import type { GridOrder } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { SpanFilterField } from '../SpanFilterField.tsx';
import { useMeasures, type TraceViewProps } from '../traceView.ts';
import { countedSpans } from '../words.ts';
import { GroupBy } from './GroupBy.tsx';
import { GroupHeading } from './GroupHeading.tsx';
import { spanColumns } from './spanColumns.tsx';
import { isSpan, type SpanRow } from './spanRows.ts';
import { DEFAULT_TABLE, type SpanTableView } from './spanTableView.ts';
import { useSpanRows } from './useSpanRows.ts';

export interface SpanTableProps extends TraceViewProps {
  readonly view: SpanTableView;
  readonly onView: (change: Partial<SpanTableView>) => void;
}

/** All spans of a trace in a table: filtered, sorted, grouped, and as CSV. */
export function SpanTable(props: SpanTableProps) {
  const { selected, onSelect, view, onView } = props;
  const styles = useStyles2(getStyles);
  const measured = useMeasures(props);
  const { filter: text, order, grouping } = view;
  const setText = (filter: string): void => onView({ filter });
  const { rows, spans, toggle, isClosed } = useSpanRows({ measured, text, order, grouping });
  const columns = useMemo(() => spanColumns(measured), [measured]);
  const shownIndex = useMemo(
    () => (selected === null ? -1 : Array.prototype.indexOf.call(rows, selected)),
    [rows, selected]
  );
  const open = (row: SpanRow): void => (isSpan(row) ? onSelect(row) : toggle(row.value));
  const heading = (group: SpanGroup) => (
    <GroupHeading group={group} grouping={grouping} isOpen={!isClosed(group.value)} />
  );
  return (
    <div className={styles.box}>
      <div className={styles.controls} role="search" aria-label={t('ui.span-table.filter-spans', 'Filter spans')}>
        <div className={styles.filter}>
          <SpanFilterField filter={text} onFilter={setText} />
        </div>
        <GroupBy measured={measured} grouping={grouping} onChange={(next) => onView({ grouping: next })} />
        <ClipboardButton icon="copy" variant="secondary" getText={() => spansToCsv(spans, measured)}>
          {t('ui.span-table.copy', 'Copy as CSV')}
        </ClipboardButton>
      </div>
      <p className={styles.count} role="status">
        {describeCount(spans.length, measured.trace.size)}
      </p>
      {spans.length === 0 ? (
        <NoSpans isFiltered={text !== ''} onClear={() => setText('')} />
      ) : (
        <VirtualGrid
          label={t('ui.span-table.spans', 'Spans')}
          columns={columns}
          rows={rows}
          headingOf={(row) => (isSpan(row) ? undefined : heading(row))}
          order={order}
          onOrder={(next) => onView({ order: toSpanOrder(next) })}
          isSelected={(row) => row === selected}
          shownIndex={shownIndex}
          onOpen={open}
        />
      )}
    </div>
  );
}

const describeCount = (found: number, size: number): string =>
  found === size
    ? `${countedSpans(size)}.`
    : t('ui.span-table.found', '{{found}} of {{spans}}.', {
        found: found.toLocaleString('en-US'),
        spans: countedSpans(size),
      });

function toSpanOrder({ by, descending }: GridOrder): SpanOrder {
  const known = SPAN_SORTS.find((sort) => sort === by);
  return known === undefined ? DEFAULT_TABLE.order : { by: known, descending };
}

function NoSpans({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <EmptyState
      icon="filter"
      title={t('ui.span-table.none-fits', 'No span matches the filter')}
      action={
        <Button variant="secondary" icon="times" onClick={onClear}>
          {t('ui.span-table.clear', 'Clear filter')}
        </Button>
      }
    >
      {t(
        'ui.span-table.each-word',
        'Each word must occur in the service, the operation, the kind, the status, the id or an attribute, such as http.response.status_code=500.'
      )}
    </EmptyState>
  ) : (
    <EmptyState title={t('ui.span-table.no-span', 'This trace has no span')} />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  filter: css({ flex: '1 1 240px', maxWidth: 480 }),
  count: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
