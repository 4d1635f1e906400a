import { Button, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import type { DurationScale } from '../../ui/traces/found/plotScale.ts';
import { failedOf, slowestTenth } from './pickTraces.ts';
import { SORTS, type TraceSort } from './sortTraces.ts';

const SCALES: ReadonlyArray<{ readonly label: string; readonly value: DurationScale }> = [
  {
    get label() {
      return t('traces.results-bar.log', 'Log');
    },
    value: 'log',
  },
  {
    get label() {
      return t('traces.results-bar.linear', 'Linear');
    },
    value: 'linear',
  },
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
        aria-label={t('traces.results-bar.scale', 'Scale of the durations')}
        size="sm"
        options={[...SCALES]}
        value={scale}
        onChange={(value) => params.set({ scale: value === 'log' ? null : value })}
      />
      <RadioButtonGroup
        aria-label={t('traces.results-bar.order', 'Order of the list')}
        size="sm"
        options={[...SORTS]}
        value={sort}
        onChange={(value) => params.set({ sort: value === 'newest' ? null : value })}
      />
      {failed.length > 0 && failed.length < traces.length && (
        <Button variant="secondary" size="sm" fill="outline" onClick={() => onSelect(failed)}>
          {t('traces.results-bar.select-failed', '', {
            count: failed.length,
            defaultValue_one: 'Select the one that failed',
            defaultValue_other: 'Select the {{count}} that failed',
          })}
        </Button>
      )}
      {slowest.length > 0 && (
        <Button variant="secondary" size="sm" fill="outline" onClick={() => onSelect(slowest)}>
          {t('traces.results-bar.select-slowest', '', {
            count: slowest.length,
            defaultValue_one: 'Select the slowest one',
            defaultValue_other: 'Select the slowest {{count}}',
          })}
        </Button>
      )}
      <Text color="secondary" variant="bodySmall">
        {t('traces.results-bar.legend', '● trace, ▲ failed. Draw a box to select.')}
      </Text>
    </Stack>
  );
}
