import { Button, Stack, Text } from '@grafana/ui';
import { formatSpan } from '../../core/formatSpan.ts';
import type { EpochMs } from '../../core/units.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { spanOf, type TracePick } from './traceSearch.ts';

export interface PickNoteProps {
  readonly traces: ReadonlyArray<{ readonly startedAt: number }>;
  readonly window: { readonly from: EpochMs; readonly to: EpochMs };
  readonly pick: TracePick;
}

/** Where a search has more than is shown: which part of the time this is, and the way to another. */
export function PickNote({ traces, window, pick }: PickNoteProps) {
  const params = useQueryParams();
  const { from, to } = spanOf(traces, window);
  const whole = formatSpan(window.to - window.from);
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <Text color="secondary">
        {pick === 'newest'
          ? t('traces.pick-note.newest', 'There are more: these are the newest, from the last {{span}} of {{whole}}.', {
              ...{ span: formatSpan(to - from), whole },
            })
          : t('traces.pick-note.spread', 'There are more: these are spread evenly over {{whole}}.', { whole })}
      </Text>
      <Button
        variant="secondary"
        size="sm"
        fill="text"
        onClick={() => params.set({ pick: pick === 'newest' ? 'spread' : null, ids: null, why: null })}
      >
        {pick === 'newest'
          ? t('traces.pick-note.to-spread', 'Spread them over {{whole}}', { whole })
          : t('traces.pick-note.to-newest', 'Show the newest')}
      </Button>
    </Stack>
  );
}
