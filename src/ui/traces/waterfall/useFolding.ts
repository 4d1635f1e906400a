import { useCallback, useMemo, useState } from 'react';
import { reveal } from '../../../core/traces/rows/findRow.ts';
import { toggleRow, type Folding } from '../../../core/traces/rows/folding.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import type { WaterfallView } from './waterfallView.ts';

export interface FoldingState {
  readonly folding: Folding;
  readonly toggle: (id: number) => void;
  /** Opens what hides a span. */
  readonly open: (span: number) => void;
}

const NOTHING: ReadonlySet<number> = new Set();

/** What is folded away: by the mode, and by hand. Another trace or mode begins anew. */
export function useFolding(trace: Trace, { mode, depth }: Pick<WaterfallView, 'mode' | 'depth'>): FoldingState {
  const [byHand, setByHand] = useState<{ of: unknown; key: string; toggled: ReadonlySet<number> }>({
    of: trace,
    key: '',
    toggled: NOTHING,
  });
  const key = `${mode} ${depth}`;
  const toggled = byHand.of === trace && byHand.key === key ? byHand.toggled : NOTHING;
  const folding = useMemo(() => ({ mode, depth, toggled }), [mode, depth, toggled]);
  const keep = useCallback(
    (next: Folding) => next !== folding && setByHand({ of: trace, key, toggled: next.toggled }),
    [trace, key, folding]
  );
  return {
    folding,
    toggle: useCallback((id) => keep(toggleRow(folding, id)), [keep, folding]),
    open: useCallback((span) => keep(reveal(trace, folding, span)), [keep, trace, folding]),
  };
}
