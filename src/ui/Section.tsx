import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { PHONE } from './breakpoints.ts';

export interface SectionProps {
  readonly title: string;
  /** Beside the title, at the right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Its content is cards on a phone, which need no frame around them. */
  readonly cardsOnPhone?: boolean;
}

/** A framed part of a page with its heading, like a panel. */
export function Section({ title, actions, children, cardsOnPhone = false }: SectionProps) {
  const styles = useStyles2(getStyles);
  return (
    <section className={cx(styles.box, cardsOnPhone && styles.bare)} aria-label={title}>
      <div className={styles.head}>
        <Text element="h2" variant="h6">
          {title}
        </Text>
        {actions}
      </div>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    minWidth: 0,
  }),
  bare: css({ [PHONE]: { background: 'none', border: 0, padding: 0 } }),
  head: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: theme.spacing(1) }),
});
