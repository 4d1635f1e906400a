import { RadioButtonGroup } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { flameOfTrace } from '../../../core/traces/flame/flame.ts';
import { flameOfPaths } from '../../../core/traces/flame/flameOfPaths.ts';
import { mergePaths } from '../../../core/traces/mergePaths.ts';
import { t } from '../../../i18n/t.ts';
import { useMeasures, type TraceViewProps } from '../traceView.ts';
import { FlameView } from './FlameView.tsx';

type Parts = 'spans' | 'merged';

const PARTS = [
  {
    value: 'spans' as const,
    get label() {
      return t('ui.flame-graph.each-span', 'Each span');
    },
  },
  {
    value: 'merged' as const,
    get label() {
      return t('ui.flame-graph.merged', 'Merged');
    },
    get description() {
      return t('ui.flame-graph.merged-what', 'Spans reached through the same operations are one part');
    },
  },
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
      label={t('ui.flame-graph.flame-graph-of-the-trace', 'Flame graph of the trace')}
      choices={
        <RadioButtonGroup
          aria-label={t('ui.flame-graph.parts', 'Parts')}
          options={PARTS}
          value={parts}
          onChange={setParts}
        />
      }
      {...(parts === 'spans' ? { selected, onSelect } : {})}
    />
  );
}
