import type { KeyboardEvent } from 'react';
import { walkFlame, type FlameStep } from '../../../core/traces/flame/walkFlame.ts';
import type { FlameState } from './useFlame.ts';

const STEPS: Readonly<Record<string, FlameStep>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

interface Acts {
  /** Goes to a node and brings it into sight. */
  readonly walkTo: (node: number) => void;
  readonly onSelect: ((node: number) => void) | undefined;
}

/** Arrows walk, Enter zooms, Escape shows all, the space bar selects. */
export function onFlameKey(event: KeyboardEvent, state: FlameState, { walkTo, onSelect }: Acts): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const { flame, widths, zoom, current, setZoom } = state;
  const from = current ?? Math.max(0, zoom);
  const acts: Readonly<Record<string, () => void>> = {
    Enter: () => setZoom(from),
    ' ': () => onSelect?.(from),
    Escape: () => setZoom(-1),
  };
  const step = STEPS[event.key];
  const act =
    step === undefined
      ? acts[event.key]
      : () => walkTo(current === null ? from : walkFlame(flame, widths, { from, step }));
  // Escape may close what is around where there is nothing to go back from.
  if (act !== undefined && !(event.key === 'Escape' && zoom === -1)) {
    event.preventDefault();
    act();
  }
}
