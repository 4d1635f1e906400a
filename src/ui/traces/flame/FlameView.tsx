import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import type { Flame } from '../../../core/traces/flame/flame.ts';
import { t } from '../../../i18n/t.ts';
import { EmptyState } from '../../EmptyState.tsx';
import { FlameCanvas } from './FlameCanvas.tsx';
import { FlameFacts } from './FlameFacts.tsx';
import { FlameTable } from './FlameTable.tsx';
import { FlameToolbar, type FlameShape } from './FlameToolbar.tsx';
import { useFlame } from './useFlame.ts';

export interface FlameViewProps {
  readonly flame: Flame;
  /** Names the flame to screen readers. */
  readonly label: string;
  readonly selected?: number | null;
  /** Left out where a node is no single span. */
  readonly onSelect?: (node: number) => void;
  /** More to choose from, beside the other choices. */
  readonly choices?: ReactNode;
}

/** A flame graph, or the same as a table. */
export function FlameView({ flame, label, selected = null, onSelect, choices }: FlameViewProps) {
  const styles = useStyles2(getStyles);
  const state = useFlame(flame);
  const [shape, setShape] = useState<FlameShape>('flame');
  if (flame.size === 0) {
    return <EmptyState title={t('ui.flame-view.no-span', 'There is no span to draw')} />;
  }
  return (
    <div className={styles.box}>
      <FlameToolbar state={state} shape={shape} onShape={setShape}>
        {choices}
      </FlameToolbar>
      {state.wholeNs === 0 ? (
        <NothingWide isCritical={state.widthBy === 'critical'} />
      ) : shape === 'flame' ? (
        <FlameCanvas state={state} label={label} selected={selected} onSelect={onSelect} />
      ) : (
        <FlameTable state={state} selected={selected} onOpen={onSelect ?? state.setZoom} />
      )}
      <FlameFacts state={state} onSelect={onSelect} />
    </div>
  );
}

const NothingWide = ({ isCritical }: { isCritical: boolean }) => (
  <EmptyState
    title={
      isCritical
        ? t('ui.flame-view.nothing-critical', 'Nothing is on the critical path')
        : t('ui.flame-view.no-time', 'No span took any time')
    }
  >
    {isCritical
      ? t('ui.flame-view.root-no-time', 'The root took no time. "By time" shows what did.')
      : t('ui.flame-view.all-end', 'All spans end when they begin.')}
  </EmptyState>
);

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
});
