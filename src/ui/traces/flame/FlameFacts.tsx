import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { ancestors } from '../../../core/traces/flame/flameBoxes.ts';
import { t } from '../../../i18n/t.ts';
import { speakNode } from './flameWords.ts';
import type { FlameState } from './useFlame.ts';

interface FlameFactsProps {
  readonly state: FlameState;
  readonly onSelect?: ((node: number) => void) | undefined;
}

/** Where one is in the flame, in words, and what can be done there. */
export function FlameFacts({ state, onSelect }: FlameFactsProps) {
  const styles = useStyles2(getStyles);
  const { flame, zoom, current, setZoom } = state;
  const node = current ?? (zoom === -1 ? null : zoom);
  const above = zoom === -1 ? undefined : (ancestors(flame, zoom).at(-1) ?? -1);
  return (
    <div className={styles.row}>
      <p className={styles.words} role="status">
        {node === null
          ? t(
              'ui.flame-facts.point',
              'Point at a part for its figures; click to zoom in. With the keyboard, the arrow keys move, Enter zooms in and Escape shows everything.'
            )
          : speakNode(state, node)}
      </p>
      <div className={styles.acts}>
        {node !== null && onSelect && (
          <Button size="sm" variant="secondary" onClick={() => onSelect(node)}>
            {t('ui.flame-facts.show-span', 'Show span')}
          </Button>
        )}
        {above !== undefined && (
          <>
            <Button size="sm" variant="secondary" icon="search-minus" onClick={() => setZoom(above)}>
              {t('ui.flame-facts.zoom-out', 'Zoom out')}
            </Button>
            <Button size="sm" variant="secondary" onClick={() => setZoom(-1)}>
              {t('ui.flame-facts.reset-zoom', 'Reset zoom')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    // The words change while one moves about; what is below must not.
    minHeight: theme.spacing(6),
  }),
  words: css({ margin: 0, flex: '1 1 300px', minWidth: 0, overflowWrap: 'anywhere' }),
  acts: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
