import { Button, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useQueryParams } from '../../host/useLocation.ts';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import type { DurationScale } from '../../ui/traces/found/plotScale.ts';
import { failedOf, slowestTenth } from './pickTraces.ts';
import { SORTS, type TraceSort } from './sortTraces.ts';

const SCALES: ReadonlyArray<{ readonly label: string; readonly value: DurationScale }> = [
  { label: 'Log', value: 'log' },
  { label: 'Linear', value: 'linear' },
];

export interface ResultsBarProps {
  readonly traces: readonly FoundTrace[];
  readonly scale: DurationScale;
  readonly sort: TraceSort;
  readonly onSelect: (traceIds: readonly string[]) => void;
}

/** How the plot and the list are drawn, and what is selected most often, without a pointer too. */
export function ResultsBar({ traces, scale, sort, onSelect }: ResultsBarProps) {
  const params = useQueryParams();
  const [failed, slowest] = [failedOf(traces), slowestTenth(traces)];
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <RadioButtonGroup
        aria-label="Scale of the durations"
        size="sm"
        options={[...SCALES]}
        value={scale}
        onChange={(value) => params.set({ scale: value === 'log' ? null : value })}
      />
      <RadioButtonGroup
        aria-label="Order of the list"
        size="sm"
        options={[...SORTS]}
        value={sort}
        onChange={(value) => params.set({ sort: value === 'newest' ? null : value })}
      />
      {failed.length > 0 && failed.length < traces.length && (
        <Button variant="secondary" size="sm" fill="outline" onClick={() => onSelect(failed)}>
          Select the {failed.length === 1 ? 'one' : failed.length} that failed
        </Button>
      )}
      {slowest.length > 0 && (
        <Button variant="secondary" size="sm" fill="outline" onClick={() => onSelect(slowest)}>
          Select the slowest {slowest.length === 1 ? 'one' : slowest.length}
        </Button>
      )}
      <Text color="secondary" variant="bodySmall">
        ● trace, ▲ failed. Draw a box to select.
      </Text>
    </Stack>
  );
}
