import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { serviceColor } from './serviceColor.ts';

export interface SpanNameProps {
  readonly service: string;
  /** Left out for a service as a whole. */
  readonly operation?: string | null;
}

/** A service in its colour, and what it did. */
export function SpanName({ service, operation = null }: SpanNameProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <span className={styles.name} title={operation === null ? service : `${service}: ${operation}`}>
      <span className={styles.swatch} style={{ background: serviceColor(theme, service) }} aria-hidden />
      <span className={operation === null ? undefined : styles.service}>{service}</span>
      {operation === null ? null : ` ${operation}`}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ overflowWrap: 'anywhere' }),
  swatch: css({
    display: 'inline-block',
    width: 10,
    height: 10,
    borderRadius: theme.shape.radius.sm,
    marginRight: theme.spacing(0.75),
    verticalAlign: 'baseline',
  }),
  service: css({ color: theme.colors.text.secondary }),
});
