import { Button } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import type { CriticalPath } from '../../../core/traces/criticalPath.ts';
import { indexPath } from '../../../core/traces/rows/pathIndex.ts';
import { selfTimes } from '../../../core/traces/selfTime.ts';
import { findSpan } from '../../../core/traces/spanRef.ts';
import type { SpanLink, Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { SpanDetail, type SpanDetailProps } from './SpanDetail.tsx';

export interface SelectedSpanProps extends Pick<SpanDetailProps, 'onFilter' | 'children'> {
  readonly trace: Trace;
  readonly path: CriticalPath;
  readonly selected: number;
  readonly onSelect: (span: number | null) => void;
  /** Leads to a span of another trace, where there is a way. */
  readonly linkSpan: ((link: SpanLink) => ReactNode) | undefined;
}

/** The span that is looked at, of a trace whose critical path is known. */
export function SelectedSpan({ trace, path, selected, onSelect, linkSpan, ...rest }: SelectedSpanProps) {
  const index = useMemo(() => indexPath(trace, path), [trace, path]);
  const self = useMemo(() => selfTimes(trace), [trace]);
  return (
    <SpanDetail
      {...rest}
      {...{ trace, onSelect }}
      path={index}
      span={selected}
      selfNs={self[selected]}
      onClose={() => onSelect(null)}
      renderLink={(link) =>
        link.traceId === trace.traceId ? (
          <Button size="sm" variant="secondary" fill="text" onClick={() => onSelect(findSpan(trace, link.spanId))}>
            {t('ui.selected-span.span-here', 'Span {{spanId}} of this trace', { spanId: link.spanId })}
          </Button>
        ) : (
          linkSpan?.(link)
        )
      }
    />
  );
}
