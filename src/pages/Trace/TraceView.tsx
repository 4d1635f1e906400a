import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { writeTerm, type FilterTerm } from '../../core/traces/filter/parseSpanFilter.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { linkSpan } from '../../host/linkSpan.tsx';
import { useQueryParams } from '../../host/useLocation.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { SelectedSpan } from '../../ui/traces/detail/SelectedSpan.tsx';
import { TraceNotices } from '../../ui/traces/TraceNotices.tsx';
import { useHotkeys } from '../../ui/useHotkeys.ts';
import { SpanRelated } from './SpanRelated.tsx';
import { TraceAnswerLine } from './TraceAnswerLine.tsx';
import { currentTab, TraceTabs } from './TraceTabs.tsx';
import { useTraceParams } from './useTraceParams.ts';

export interface TraceViewProps {
  readonly trace: Trace;
  /** It came from a file: there is nobody to ask for its logs. */
  readonly isFile?: boolean;
  /** What else is to be said about the trace, above its views. */
  readonly children?: ReactNode;
}

/** A trace that was read: the answer, what to know, the views, and the span that is looked at. */
export function TraceView({ trace, isFile = false, children }: TraceViewProps) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const path = useMemo(() => criticalPath(trace), [trace]);
  const { view, onView, selected, onSelect } = useTraceParams(trace);
  const { id, View } = currentTab(params.get('tab'));
  useHotkeys({ Escape: () => onSelect(null) });
  const filterBy = (term: FilterTerm): void => {
    const filter = `${view.filter} ${writeTerm(term)}`.trim();
    onView({ filter });
    if (id !== 'waterfall') {
      params.set({ tab: null });
    }
  };
  return (
    <div className={styles.page}>
      <TraceAnswerLine trace={trace} path={path} onSelect={onSelect} />
      <TraceNotices notices={trace.notices} onSelect={(spanId) => params.set({ span: spanId }, { push: true })} />
      {children}
      <TraceTabs current={id} />
      <div className={selected === null ? styles.alone : styles.beside}>
        <div className={styles.view}>
          <View {...{ trace, path, selected, onSelect, view, onView }} onFilter={filterBy} />
        </div>
        {selected !== null && (
          <SelectedSpan {...{ trace, path, selected, onSelect, linkSpan }} onFilter={filterBy} key={trace.traceId}>
            <SpanRelated trace={trace} span={selected} isFile={isFile} />
          </SelectedSpan>
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  alone: css({ minWidth: 0 }),
  beside: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 400px)',
    gap: theme.spacing(1.5),
    alignItems: 'start',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    [PHONE]: { paddingBottom: '62dvh' },
  }),
  view: css({ minWidth: 0 }),
});
