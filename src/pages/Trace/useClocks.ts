import { useMemo } from 'react';
import { setClocksRight } from '../../core/traces/setClocksRight.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import type { ClockSwitchProps } from '../../ui/traces/ClockSwitch.tsx';

export interface ClockChoice {
  /** As it is to be shown. */
  readonly trace: Trace;
  readonly clockSwitch: ClockSwitchProps;
}

/** The trace with clocks set right, unless the address says to leave times as recorded. */
export function useClocks(recorded: Trace): ClockChoice {
  const params = useQueryParams();
  const clocks = useMemo(() => setClocksRight(recorded), [recorded]);
  const isRecorded = params.get('clocks') === 'recorded';
  const onRecorded = (next: boolean): void => params.set({ clocks: next ? 'recorded' : null });
  return { trace: isRecorded ? recorded : clocks.trace, clockSwitch: { clocks, isRecorded, onRecorded } };
}
