import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { FlameBox } from '../../../core/traces/flame/flameBoxes.ts';
import { cell } from '../../../core/traces/column.ts';
import { t } from '../../../i18n/t.ts';
import { SpanName } from '../SpanName.tsx';
import { flameFacts } from './flameWords.ts';
import type { FlameState } from './useFlame.ts';

export interface TipPlace {
  readonly box: FlameBox;
  /** Px within the flame, and how wide that is. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const TIP_PX = 280;
const AWAY = 12;

/** What the pointer is on. The same stands below the flame, for those without a pointer. */
export function FlameTip({ state, place: { box, x, y, width } }: { state: FlameState; place: TipPlace }) {
  const styles = useStyles2(getStyles);
  const { flame } = state;
  const left = Math.max(0, Math.min(x + AWAY, width - TIP_PX));
  return (
    <div className={styles.tip} style={{ left, top: y + AWAY }} aria-hidden>
      {box.merged > 1 ? (
        t('ui.flame-tip.too-narrow', '{{number}} too narrow to be drawn one by one. Click to zoom in.', {
          number: box.merged.toLocaleString('en-US'),
        })
      ) : (
        <>
          <SpanName
            service={flame.services[cell(flame.service, box.node)] ?? ''}
            operation={flame.names[cell(flame.name, box.node)] ?? ''}
          />
          <dl className={styles.facts}>
            {flameFacts(state, box.node).map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tip: css({
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    width: TIP_PX,
    padding: theme.spacing(1),
    pointerEvents: 'none',
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  facts: css({
    margin: theme.spacing(0.5, 0, 0),
    '& > div': { display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1) },
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums', textAlign: 'right' },
  }),
});
