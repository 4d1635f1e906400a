import { Button } from '@grafana/ui';
import { patchThresholds, type ThresholdView } from '../../api/thresholds.ts';
import { useChange } from '../../host/useChange.ts';
import { useNotify } from '../../host/useNotify.ts';
import { BottomBar } from '../../ui/BottomBar.tsx';
import type { Selection } from './useSelection.ts';

export interface BulkBarProps {
  readonly thresholds: readonly ThresholdView[];
  readonly selection: Selection;
}

/** What can be done with the ticked rows, all or none of them. */
export function BulkBar({ thresholds, selection }: BulkBarProps) {
  const notify = useNotify();
  const patch = useChange(patchThresholds, { failed: 'None of the thresholds was changed' });
  const chosen = thresholds.filter(({ id }) => selection.ids.has(id));
  const off = chosen.filter(({ enabled }) => !enabled);
  const on = chosen.filter(({ enabled }) => enabled);
  if (chosen.length === 0) {
    return null;
  }
  const change = (targets: readonly ThresholdView[], enabled: boolean): void =>
    patch.mutate(
      { items: targets.map(({ id, version }) => ({ id, version, enabled })), reason: '' },
      {
        onSuccess: ({ items }) => {
          selection.clear();
          notify({ message: changedWords(items.length, enabled), undo: () => change(items, !enabled) });
        },
      }
    );
  return (
    <BottomBar label="Selected thresholds">
      {off.length > 0 && (
        <Button variant="secondary" icon="play" disabled={patch.isPending} onClick={() => change(off, true)}>
          Enable ({off.length})
        </Button>
      )}
      {on.length > 0 && (
        <Button variant="secondary" icon="pause" disabled={patch.isPending} onClick={() => change(on, false)}>
          Disable ({on.length})
        </Button>
      )}
      <Button variant="secondary" fill="text" onClick={selection.clear}>
        Clear
      </Button>
    </BottomBar>
  );
}

const changedWords = (count: number, enabled: boolean): string =>
  `${count === 1 ? '1 threshold' : `${count} thresholds`} ${enabled ? 'enabled' : 'disabled'}`;
