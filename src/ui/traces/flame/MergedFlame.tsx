import { useMemo } from 'react';
import { flameOfPaths } from '../../../core/traces/flame/flameOfPaths.ts';
import type { MergedPaths } from '../../../core/traces/mergePaths.ts';
import { t } from '../../../i18n/t.ts';
import { FlameView } from './FlameView.tsx';

/** Many traces as one flame graph: spans to which the same operations lead are one part of it. */
export function MergedFlame({ merged }: { merged: MergedPaths }) {
  const flame = useMemo(() => flameOfPaths(merged), [merged]);
  return (
    <FlameView
      flame={flame}
      label={t('ui.merged-flame.label', '', {
        count: merged.traces,
        defaultValue_one: 'Flame graph of {{count}} trace',
        defaultValue_other: 'Flame graph of {{count}} traces',
      })}
    />
  );
}
