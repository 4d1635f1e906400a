import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/t.ts';
import { useDisplay } from '../../display.ts';
import { formatAbsolute } from '../../formatTime.ts';
import { formatMs, nameOfTrace, type FoundTrace } from './foundTraces.ts';
import type { PlotPoint } from './plotScale.ts';

export interface PlotTipProps {
  readonly trace: FoundTrace;
  readonly point: PlotPoint;
  /** Of the plot, px. */
  readonly width: number;
}

const TIP_PX = 240;
const AWAY = 12;

/** What the pointer is on. The list says the same. */
export function PlotTip({ trace, point, width }: PlotTipProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const { durationMs, startedAt, failedIn } = trace;
  const isLeft = point.x + AWAY + TIP_PX > width;
  const place = isLeft ? { right: Math.max(0, width - point.x + AWAY) } : { left: point.x + AWAY };
  return (
    <div className={styles.tip} style={{ ...place, top: Math.max(0, point.y - 24) }} aria-hidden>
      <strong>{nameOfTrace(trace)}</strong>
      <br />
      {formatMs(durationMs)}, {formatAbsolute(startedAt, timeZone)}
      {failedIn.length > 0 && (
        <div className={styles.failed}>
          {t('ui.plot-tip.failed-in', 'failed in {{services}}', { services: failedIn.join(', ') })}
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tip: css({
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    maxWidth: TIP_PX,
    padding: theme.spacing(0.5, 1),
    pointerEvents: 'none',
    overflowWrap: 'anywhere',
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  failed: css({ color: theme.colors.error.text }),
});
