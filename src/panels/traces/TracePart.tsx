import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { writeTerm, type FilterTerm } from '../../core/traces/filter/parseSpanFilter.ts';
import { setClocksRight } from '../../core/traces/setClocksRight.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { linkSpan } from '../../host/linkSpan.tsx';
import { t } from '../../i18n/t.ts';
import { ClockSwitch } from '../../ui/traces/ClockSwitch.tsx';
import { SelectedSpan } from '../../ui/traces/detail/SelectedSpan.tsx';
import { TraceNotices } from '../../ui/traces/TraceNotices.tsx';
import { Waterfall } from '../../ui/traces/waterfall/Waterfall.tsx';
import { DEFAULT_VIEW, type WaterfallView } from '../../ui/traces/waterfall/waterfallView.ts';

export interface TracePartProps {
  /** As recorded. */
  readonly trace: Trace;
  readonly width: number;
  readonly hasLink: boolean;
}

/** From here on there is room for the span beside the waterfall. */
const BESIDE_PX = 900;

/** One trace over time, with the span that is looked at; what is folded and filtered lasts as long as the panel. */
export function TracePart({ trace: recorded, width, hasLink }: TracePartProps) {
  const styles = useStyles2(getStyles);
  const [isRecorded, setRecorded] = useState(false);
  const clocks = useMemo(() => setClocksRight(recorded), [recorded]);
  const trace = isRecorded ? recorded : clocks.trace;
  const path = useMemo(() => criticalPath(trace), [trace]);
  const { view, onView } = useView(trace);
  const [spanId, setSpanId] = useState<string | null>(null);
  const place = spanId === null ? -1 : trace.spanIds.indexOf(spanId);
  const selected = place === -1 ? null : place;
  const onSelect = (span: number | null): void => setSpanId(span === null ? null : (trace.spanIds[span] ?? null));
  const filterBy = (term: FilterTerm): void => onView({ filter: `${view.filter} ${writeTerm(term)}`.trim() });
  return (
    <>
      {hasLink && (
        <AppLink to={`/traces/${trace.traceId}`}>{t('panel.traces.analyze', 'Analyze this trace in Pharos')}</AppLink>
      )}
      <TraceNotices notices={trace.notices} onSelect={setSpanId} />
      <ClockSwitch clocks={clocks} isRecorded={isRecorded} onRecorded={setRecorded} />
      <div
        className={selected !== null && width >= BESIDE_PX ? styles.beside : styles.alone}
        onKeyDown={({ key }) => key === 'Escape' && onSelect(null)}
      >
        <Waterfall {...{ trace, path, view, selected, onSelect, onView }} />
        {selected !== null && (
          <div className={styles.detail}>
            <SelectedSpan
              {...{ trace, path, selected, onSelect }}
              onFilter={filterBy}
              linkSpan={hasLink ? linkSpan : undefined}
              key={trace.traceId}
            />
          </div>
        )}
      </div>
    </>
  );
}

function useView({ traceId }: Trace) {
  const [{ of, ...kept }, setKept] = useState({ ...DEFAULT_VIEW, of: traceId });
  // Another trace is seen whole.
  const view: WaterfallView = of === traceId ? kept : { ...kept, time: null };
  return { view, onView: (change: Partial<WaterfallView>) => setKept({ ...view, ...change, of: traceId }) };
}

const getStyles = (theme: GrafanaTheme2) => {
  const box = { display: 'grid', gap: theme.spacing(1.5), alignItems: 'start', minWidth: 0 } as const;
  return {
    alone: css({ ...box, gridTemplateColumns: 'minmax(0, 1fr)' }),
    beside: css({ ...box, gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 400px)' }),
    detail: css({ position: 'sticky', top: 0, minWidth: 0 }),
  };
};
