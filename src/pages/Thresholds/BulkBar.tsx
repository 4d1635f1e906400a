import { Button } from '@grafana/ui';
import { patchThresholds, type ThresholdView } from '../../api/thresholds.ts';
import { useChange } from '../../host/useChange.ts';
import { useNotify } from '../../host/useNotify.ts';
import { t } from '../../i18n/t.ts';
import { BottomBar } from '../../ui/BottomBar.tsx';
import type { Selection } from './useSelection.ts';

export interface BulkBarProps {
  readonly thresholds: readonly ThresholdView[];
  readonly selection: Selection;
}

/** What can be done with the ticked rows, all or none of them. */
export function BulkBar({ thresholds, selection }: BulkBarProps) {
  const notify = useNotify();
  const patch = useChange(patchThresholds, {
    failed: t('thresholds.bulk-bar.none-of-the-thresholds-was', 'None of the thresholds was changed'),
  });
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
    <BottomBar label={t('thresholds.bulk-bar.selected-thresholds', 'Selected thresholds')}>
      {off.length > 0 && (
        <Button variant="secondary" icon="play" disabled={patch.isPending} onClick={() => change(off, true)}>
          {t('thresholds.bulk-bar.enable', 'Enable ({{number}})', { number: off.length })}
        </Button>
      )}
      {on.length > 0 && (
        <Button variant="secondary" icon="pause" disabled={patch.isPending} onClick={() => change(on, false)}>
          {t('thresholds.bulk-bar.disable', 'Disable ({{number}})', { number: on.length })}
        </Button>
      )}
      <Button variant="secondary" fill="text" onClick={selection.clear}>
        {t('thresholds.bulk-bar.clear', 'Clear')}
      </Button>
    </BottomBar>
  );
}

const changedWords = (count: number, enabled: boolean): string =>
  enabled
    ? t('thresholds.bulk-bar.enabled', '', {
        count,
        defaultValue_one: '{{count}} threshold enabled',
        defaultValue_other: '{{count}} thresholds enabled',
      })
    : t('thresholds.bulk-bar.disabled', '', {
        count,
        defaultValue_one: '{{count}} threshold disabled',
        defaultValue_other: '{{count}} thresholds disabled',
      });
