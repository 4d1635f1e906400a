import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t.ts';

/** Says that the trace is not whole yet, and that nobody needs to reload. */
export function Settling() {
  const styles = useStyles2(getStyles);
  return (
    <p className={styles.line} role="status">
      <Icon name="hourglass" aria-hidden />{' '}
      {t(
        'trace.settling.still',
        'The trace is still being written: spans may be missing. Checking again every few seconds.'
      )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ margin: 0, color: theme.colors.text.secondary }),
});
