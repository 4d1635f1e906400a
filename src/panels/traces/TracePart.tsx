import { useMemo, useState } from 'react';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { Waterfall } from '../../ui/traces/waterfall/Waterfall.tsx';
import { DEFAULT_VIEW, type WaterfallView } from '../../ui/traces/waterfall/waterfallView.ts';

export interface TracePartProps {
  readonly trace: Trace;
  readonly hasLink: boolean;
}

/** One trace over time; what is folded and filtered lasts as long as the panel. */
export function TracePart({ trace, hasLink }: TracePartProps) {
  const path = useMemo(() => criticalPath(trace), [trace]);
  const [{ of, ...kept }, setKept] = useState({ ...DEFAULT_VIEW, of: trace.traceId });
  // Another trace is seen whole.
  const view: WaterfallView = of === trace.traceId ? kept : { ...kept, time: null };
  const [selected, setSelected] = useState<string | null>(null);
  const place = selected === null ? -1 : trace.spanIds.indexOf(selected);
  return (
    <>
      {hasLink && (
        <AppLink to={`/traces/${trace.traceId}`}>{t('panel.traces.analyze', 'Analyze this trace in Pharos')}</AppLink>
      )}
      <Waterfall
        {...{ trace, path, view }}
        selected={place === -1 ? null : place}
        onSelect={(span) => setSelected(span === null ? null : (trace.spanIds[span] ?? null))}
        onView={(change) => setKept({ ...view, ...change, of: trace.traceId })}
      />
    </>
  );
}
