import { RadioButtonGroup } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { flameOfTrace } from '../../../core/traces/flame/flame.ts';
import { flameOfPaths } from '../../../core/traces/flame/flameOfPaths.ts';
import { mergePaths } from '../../../core/traces/mergePaths.ts';
import { useMeasures, type TraceViewProps } from '../traceView.ts';
import { FlameView } from './FlameView.tsx';

type Parts = 'spans' | 'merged';

const PARTS = [
  { value: 'spans' as const, label: 'Each span' },
  { value: 'merged' as const, label: 'Merged', description: 'Spans to which the same operations lead are one part' },
];

/** One trace as a flame graph: span by span, or what recurs in it as one. */
export function FlameGraph({ selected, onSelect, ...shown }: TraceViewProps) {
  const measured = useMeasures(shown);
  const [parts, setParts] = useState<Parts>('spans');
  const flame = useMemo(
    () => (parts === 'spans' ? flameOfTrace(measured.trace, measured) : flameOfPaths(mergePaths([measured.trace]))),
    [measured, parts]
  );
  return (
    <FlameView
      flame={flame}
      label="Flame graph of the trace"
      choices={<RadioButtonGroup aria-label="Parts" options={PARTS} value={parts} onChange={setParts} />}
      {...(parts === 'spans' ? { selected, onSelect } : {})}
    />
  );
}
