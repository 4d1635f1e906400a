import { Checkbox } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { adjustClockSkew, type AdjustedTrace } from '../../core/traces/clockSkew.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';

export interface ClockChoice extends AdjustedTrace {
  readonly isRecorded: boolean;
}

/** The trace with clocks set right, unless the address says to leave times as recorded. */
export function useClocks(recorded: Trace): ClockChoice {
  const adjusted = useMemo(() => adjustClockSkew(recorded), [recorded]);
  const isRecorded = useQueryParams().get('clocks') === 'recorded';
  return { adjustments: adjusted.adjustments, trace: isRecorded ? recorded : adjusted.trace, isRecorded };
}

const MOST_NAMED = 3;

/** By how much clocks were off, and the switch back to the times as they were recorded. Nothing where all were right. */
export function ClockSwitch({ adjustments, isRecorded }: Pick<ClockChoice, 'adjustments' | 'isRecorded'>) {
  const params = useQueryParams();
  const id = useId();
  if (adjustments.length === 0) {
    return null;
  }
  const named = adjustments
    .slice(0, MOST_NAMED)
    .map(({ service, byNs }) =>
      t('trace.clock-switch.by', '{{service}} by {{time}}', {
        service,
        time: `${byNs > 0 ? '+' : '−'}${formatNanoseconds(Math.abs(byNs))}`,
      })
    )
    .join(', ');
  const more = adjustments.length - MOST_NAMED;
  return (
    <div>
      <Checkbox
        id={id}
        label={
          more > 0
            ? t('trace.clock-switch.set-right-more', 'Set clocks right ({{named}} and {{more}} more)', { named, more })
            : t('trace.clock-switch.set-right', 'Set clocks right ({{named}})', { named })
        }
        value={!isRecorded}
        onChange={({ currentTarget }) => params.set({ clocks: currentTarget.checked ? null : 'recorded' })}
      />
    </div>
  );
}
