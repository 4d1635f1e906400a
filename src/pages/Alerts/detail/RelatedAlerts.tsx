import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { AlertView } from '../../../api/alerts.ts';
import { alertPath } from '../../../host/alertPath.ts';
import { AppLink } from '../../../host/AppLink.tsx';
import { t } from '../../../i18n/t.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { Section } from '../../../ui/Section.tsx';
import { AlertTag } from '../../../ui/AlertTag.tsx';

/** What else hurts in the same service, and what this alert did before. */
export function RelatedAlerts({ alert, related }: { alert: AlertView; related: readonly AlertView[] }) {
  const styles = useStyles2(getStyles);
  const { service, ruleId } = alert;
  const past = new URLSearchParams({
    tab: 'history',
    ...(service === '' ? {} : { service }),
    ...(ruleId === '' ? {} : { rule: ruleId }),
    from: 'now-7d',
  });
  return (
    <Section title={t('alerts.related-alerts.related', 'Related')}>
      {related.length === 0 && (
        <Text color="secondary">
          {service === ''
            ? t('alerts.related-alerts.none-of-this', 'No other alert of this service is open.')
            : t('alerts.related-alerts.none-of', 'No other alert of {{service}} is open.', { service })}
        </Text>
      )}
      <ul className={styles.list}>
        {related.map((one) => (
          <li key={one.id} className={styles.item}>
            <AlertTag alert={one} />
            <AppLink to={alertPath(one.id)} className={styles.text}>
              {one.summary}
            </AppLink>
            <RelativeTime at={one.startsAt} form="span" />
          </li>
        ))}
      </ul>
      <AppLink to={`/alerts?${past.toString()}`} className={styles.link}>
        {t('alerts.related-alerts.earlier-episodes-in-the-last', 'Earlier episodes in the last 7 days')}
      </AppLink>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  item: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  text: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere', '&:hover': { textDecoration: 'underline' } }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
