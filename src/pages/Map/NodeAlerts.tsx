import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { listAlerts } from '../../api/alerts.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SEVERITY_LOOK } from '../../ui/tone.ts';

const SHOWN = 5;

/** The open alerts of a service. */
export function NodeAlerts({ name }: { readonly name: string }) {
  const styles = useStyles2(getStyles);
  const query = useOperation(listAlerts, { service: [name], limit: SHOWN });
  const { data } = query;
  return (
    <Section title={t('map.node-alerts.open-alerts', 'Open alerts')}>
      <LoadState what={t('map.node-alerts.the-alerts', 'The alerts')} query={query} height={24} rows={1} />
      {data !== undefined && data.items.length === 0 && (
        <span className={styles.quiet}>{t('map.node-alerts.none', 'None is open.')}</span>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className={styles.list}>
          {data.items.map(({ id, severity, summary, startsAt }) => (
            <li key={id} className={styles.line}>
              <StateTag look={SEVERITY_LOOK[severity]} />
              <AppLink to={`/alerts/${encodeURIComponent(id)}`} className={styles.text}>
                {summary}
              </AppLink>
              <span className={styles.quiet}>
                <RelativeTime at={startsAt} form="span" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  line: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  text: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary }),
});
