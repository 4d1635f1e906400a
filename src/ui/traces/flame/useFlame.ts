import { useDeferredValue, useMemo, useState } from 'react';
import { flameWidths, type Flame, type FlameWidth } from '../../../core/traces/flame/flame.ts';
import { totalOf } from '../../../core/traces/flame/flameBoxes.ts';
import { flameRows } from '../../../core/traces/flame/flameRows.ts';
import { searchFlame, type FlameMatches } from '../../../core/traces/flame/searchFlame.ts';
import { cell } from '../../../core/traces/column.ts';

export interface FlameState {
  readonly flame: Flame;
  readonly widthBy: FlameWidth;
  readonly setWidthBy: (width: FlameWidth) => void;
  readonly widths: Float64Array;
  /** Of all roots. */
  readonly wholeNs: number;
  /** The node that fills the width; -1 for all. */
  readonly zoom: number;
  readonly setZoom: (node: number) => void;
  /** The node that pointer or keyboard are on. */
  readonly current: number | null;
  readonly setCurrent: (node: number | null) => void;
  readonly rows: number;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly matches: FlameMatches | undefined;
}

interface Looking {
  readonly flame: Flame;
  readonly zoom: number;
  readonly current: number | null;
}

/** What a flame graph shows: by which width, how far zoomed in, where, and what was searched for. */
export function useFlame(flame: Flame): FlameState {
  const [widthBy, setWidthBy] = useState<FlameWidth>('self');
  const [view, setView] = useState<Looking>({ flame, zoom: -1, current: null });
  const [text, setText] = useState('');
  // Places are of one flame: another begins anew.
  const { zoom: wanted, current } = view.flame === flame ? view : { zoom: -1, current: null };
  const widths = useMemo(() => flameWidths(flame, widthBy), [flame, widthBy]);
  const zoom = wanted !== -1 && cell(widths, wanted) > 0 ? wanted : -1;
  const searched = useDeferredValue(text);
  const matches = useMemo(() => searchFlame(flame, widths, searched), [flame, widths, searched]);
  const rows = useMemo(() => flameRows(flame, widths, zoom), [flame, widths, zoom]);
  const wholeNs = useMemo(() => totalOf(flame, widths), [flame, widths]);
  return {
    ...{ flame, widthBy, setWidthBy, widths, wholeNs, zoom, current, rows, text, setText, matches },
    setZoom: (node) => setView({ flame, zoom: node, current: node === -1 ? null : node }),
    setCurrent: (node) => setView({ flame, zoom, current: node }),
  };
}
