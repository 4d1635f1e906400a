import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import type { LinkedStretch } from '../../core/traces/links/linkedAxis.ts';
import { t } from '../../i18n/t.ts';
import { laneStyle, SHORTEST_BAR } from './laneStyle.ts';

export interface LinkedLaneProps {
  readonly axis: LinkedStretch;
  readonly ran: LinkedStretch | null;
  readonly waited?: LinkedStretch | null;
  /** The trace that is looked at. */
  readonly isOwn?: boolean;
}

/** When a trace ran and how long its work waited, on the axis of all; the figures stand beside it in words. */
export function LinkedLane({ axis, ran, waited = null, isOwn = false }: LinkedLaneProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.lane} aria-hidden>
      {waited !== null && <span className={styles.wait} style={laneStyle(axis, waited)} />}
      {ran !== null && <span className={isOwn ? styles.own : styles.bar} style={laneStyle(axis, ran)} />}
    </div>
  );
}

/** The ends of the axis, counted from the start of the trace that is looked at. */
export function LinkedRuler({ axis }: Pick<LinkedLaneProps, 'axis'>) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.ruler}>
      <span>
        {axis.fromNs < 0
          ? t('trace.linked-lane.before', '{{time}} before it began', { time: formatNanoseconds(-axis.fromNs) })
          : t('trace.linked-lane.began', 'it began')}
      </span>
      <span>{t('trace.linked-lane.after', '{{time}} after it began', { time: formatNanoseconds(axis.toNs) })}</span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const bar = { position: 'absolute', top: 3, bottom: 3, minWidth: SHORTEST_BAR, borderRadius: 1 } as const;
  return {
    lane: css({
      position: 'relative',
      height: 20,
      overflow: 'hidden',
      background: theme.colors.background.secondary,
      borderRadius: theme.shape.radius.default,
    }),
    bar: css({ ...bar, background: theme.colors.primary.main }),
    own: css({ ...bar, background: theme.colors.text.maxContrast }),
    wait: css({
      ...bar,
      top: 9,
      bottom: 9,
      borderTop: `2px dashed ${theme.colors.warning.main}`,
    }),
    ruler: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
};
