import { Checkbox } from '@grafana/ui';
import { useId } from 'react';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import type { ClocksSetRight } from '../../core/traces/setClocksRight.ts';
import { t } from '../../i18n/t.ts';

export interface ClockSwitchProps {
  readonly clocks: ClocksSetRight;
  /** Whether times are left as they were recorded. */
  readonly isRecorded: boolean;
  readonly onRecorded: (isRecorded: boolean) => void;
}

const MOST_NAMED = 3;

/** By how much clocks were off, and the switch back to the times as they were recorded. Nothing where all were right. */
export function ClockSwitch({ clocks, isRecorded, onRecorded }: ClockSwitchProps) {
  const id = useId();
  const { adjustments, settled } = clocks;
  if (adjustments.length === 0 && settled === 0) {
    return null;
  }
  const named = [
    ...adjustments.slice(0, MOST_NAMED).map(movedWords),
    ...(settled === 0 ? [] : [settledWords(settled)]),
  ];
  const more = adjustments.length - MOST_NAMED;
  return (
    <div>
      <Checkbox
        id={id}
        label={
          more > 0
            ? t('ui.clock-switch.set-right-more', 'Adjust clocks ({{named}} and {{more}} more)', {
                named: named.join(', '),
                more,
              })
            : t('ui.clock-switch.set-right', 'Adjust clocks ({{named}})', { named: named.join(', ') })
        }
        value={!isRecorded}
        onChange={({ currentTarget }) => onRecorded(!currentTarget.checked)}
      />
    </div>
  );
}

const movedWords = ({ service, byNs }: ClocksSetRight['adjustments'][number]): string =>
  t('ui.clock-switch.by', '{{service}} by {{time}}', {
    service,
    time: `${byNs > 0 ? '+' : '−'}${formatNanoseconds(Math.abs(byNs))}`,
  });

const settledWords = (count: number): string =>
  t('ui.clock-switch.settled', '', {
    count,
    defaultValue_one: '{{count}} end that is too late by less than the precision of its clock',
    defaultValue_other: '{{count}} ends that are too late by less than the precision of their clocks',
  });
