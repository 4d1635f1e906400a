import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { AppLink } from '../../host/AppLink.tsx';
import { tracePath } from '../../host/tracePath.ts';
import { t } from '../../i18n/t.ts';

/** Opens the span that stands for many. */
export function ExampleLink({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }) {
  const styles = useStyles2(getStyles);
  return (
    <AppLink to={tracePath(traceId, { span: spanId })} className={styles.link}>
      {t('traces.example-link.open', 'Open')}
    </AppLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
