import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface FormRowProps {
  /** What the form does, for screen readers. */
  readonly label: string;
  readonly onSubmit: () => void;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

/** A short form in a line, its button at the end; below each other where there is no room. */
export function FormRow({ label, onSubmit, action, children }: FormRowProps) {
  const styles = useStyles2(getStyles);
  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={styles.fields}>{children}</div>
      <div className={styles.action}>{action}</div>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  }),
  action: css({ marginTop: theme.spacing(2) }),
});
