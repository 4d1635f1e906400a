import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FilterInput, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { describeMatches } from './flameWords.ts';
import type { FlameState } from './useFlame.ts';

export type FlameShape = 'flame' | 'table';

interface FlameToolbarProps {
  readonly state: FlameState;
  readonly shape: FlameShape;
  readonly onShape: (shape: FlameShape) => void;
  /** More to choose from. */
  readonly children?: ReactNode;
}

const WIDTHS = [
  {
    value: 'self' as const,
    get label() {
      return t('ui.flame-toolbar.by-time', 'By time');
    },
    get description() {
      return t('ui.flame-toolbar.by-time-what', 'Time of a part and all below it; what ran in parallel adds up');
    },
  },
  {
    value: 'critical' as const,
    get label() {
      return t('ui.flame-toolbar.critical-only', 'Critical only');
    },
    get description() {
      return t('ui.flame-toolbar.critical-only-what', 'Time on the critical path');
    },
  },
];
const SHAPES = [
  {
    value: 'flame' as const,
    get label() {
      return t('ui.flame-toolbar.flame', 'Flame');
    },
  },
  {
    value: 'table' as const,
    get label() {
      return t('ui.flame-toolbar.table', 'Table');
    },
  },
];

export function FlameToolbar({ state, shape, onShape, children }: FlameToolbarProps) {
  const styles = useStyles2(getStyles);
  const found = describeMatches(state);
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <div className={styles.search}>
          <FilterInput
            value={state.text}
            onChange={state.setText}
            escapeRegex={false}
            placeholder={t('ui.flame-toolbar.highlight', 'Highlight by service or operation')}
            aria-label={t('ui.flame-toolbar.highlight', 'Highlight by service or operation')}
          />
        </div>
        <RadioButtonGroup
          aria-label={t('ui.flame-toolbar.width', 'Width')}
          options={WIDTHS}
          value={state.widthBy}
          onChange={state.setWidthBy}
        />
        {children}
        <RadioButtonGroup
          aria-label={t('ui.flame-toolbar.shown-as', 'Shown as')}
          options={SHAPES}
          value={shape}
          onChange={onShape}
        />
      </div>
      {found !== undefined && (
        <p className={styles.found} role="status">
          {found}
        </p>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  search: css({ flex: '1 1 240px', maxWidth: 420 }),
  found: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
