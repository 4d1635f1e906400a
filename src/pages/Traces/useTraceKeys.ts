import { useState } from 'react';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import { useHotkeys } from '../../ui/useHotkeys.ts';

export interface TraceKeysOptions {
  readonly onOpen: (traceId: string) => void;
  readonly onToggle: (traceId: string) => void;
}

/** Works the list by keyboard: `j`, `k`, `Enter`, `x`. @returns id of the trace that the keyboard is on */
export function useTraceKeys(
  traces: readonly FoundTrace[],
  { onOpen, onToggle }: TraceKeysOptions
): string | undefined {
  const [currentId, setCurrentId] = useState<string>();
  const index = traces.findIndex(({ traceId }) => traceId === currentId);
  const current = traces[index]?.traceId;
  const move = (by: 1 | -1): void => {
    const next = traces[index === -1 ? 0 : index + by];
    if (next !== undefined) {
      setCurrentId(next.traceId);
      document.querySelector(`[data-row="${CSS.escape(next.traceId)}"]`)?.scrollIntoView?.({ block: 'nearest' });
    }
  };
  const withCurrent = (act: (traceId: string) => void) => () => {
    if (current !== undefined) {
      act(current);
    }
  };
  useHotkeys({ j: () => move(1), k: () => move(-1), Enter: withCurrent(onOpen), x: withCurrent(onToggle) });
  return current;
}
