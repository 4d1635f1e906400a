import { useMemo } from 'react';
import { flameOfTrace } from '../../../core/traces/flame/flame.ts';
import { useMeasures, type TraceViewProps } from '../traceView.ts';
import { FlameView } from './FlameView.tsx';

/** One trace as a flame graph, span by span. */
export function FlameGraph({ selected, onSelect, ...shown }: TraceViewProps) {
  const measured = useMeasures(shown);
  const flame = useMemo(() => flameOfTrace(measured.trace, measured), [measured]);
  return <FlameView flame={flame} label="Flame graph of the trace" selected={selected} onSelect={onSelect} />;
}
