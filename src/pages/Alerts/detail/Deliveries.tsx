import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { DeliveryView } from '../../../api/alerts.ts';
import { t } from '../../../i18n/t.ts';
import { Trans } from '../../../i18n/Trans.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { Section } from '../../../ui/Section.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import { look, type StateLook } from '../../../ui/tone.ts';

const LOOK: Readonly<Record<DeliveryView['state'], StateLook>> = {
  delivered: look('ok', 'check-circle', () => t('alerts.deliveries.delivered', 'Delivered')),
  queued: look('quiet', 'hourglass', () => t('alerts.deliveries.queued', 'Queued')),
  sending: look('quiet', 'sync', () => t('alerts.deliveries.sending', 'Sending')),
  failed: look('error', 'times-circle', () => t('alerts.deliveries.failed', 'Failed')),
  skipped: look('quiet', 'minus-circle', () => t('alerts.deliveries.skipped', 'Skipped')),
};

const NEWS: Readonly<Record<DeliveryView['kind'], string>> = {
  get fired() {
    return t('alerts.deliveries.that-it-fired', 'that it fired');
  },
  get severity_raised() {
    return t('alerts.deliveries.that-it-got-worse', 'that it got worse');
  },
  get no_data() {
    return t('alerts.deliveries.that-data-is-missing', 'that data is missing');
  },
  get resolved() {
    return t('alerts.deliveries.that-it-resolved', 'that it resolved');
  },
};

/** Whom the news reached. */
export function Deliveries({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('alerts.deliveries.notifications', 'Notifications')}>
      {deliveries.length === 0 && (
        <Text color="secondary">
          {t(
            'alerts.deliveries.nobody-was-told-no-route',
            'Nobody was notified: no route matched, or the alert was suppressed.'
          )}
        </Text>
      )}
      <ul className={styles.list}>
        {deliveries.map(({ receiver, receiverKind, kind, state, attempts, at, lastError, nextAttemptAt }) => (
          <li key={`${receiver} ${kind} ${at}`} className={styles.item}>
            <StateTag look={LOOK[state]} />
            <span>
              {receiver} <span className={styles.quiet}>({receiverKind})</span>, {NEWS[kind]}, <RelativeTime at={at} />
              {attempts > 1 && t('alerts.deliveries.attempts', ', {{attempts}} attempts', { attempts })}
              {nextAttemptAt !== null && state === 'queued' && (
                <Trans
                  i18nKey="alerts.deliveries.next-attempt"
                  defaults=", next attempt <time/>"
                  components={{ time: <RelativeTime at={nextAttemptAt} /> }}
                />
              )}
              {lastError !== null && state !== 'delivered' && <span className={styles.error}>{lastError}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  item: css({ display: 'grid', gridTemplateColumns: '96px 1fr', gap: theme.spacing(1), alignItems: 'baseline' }),
  quiet: css({ color: theme.colors.text.secondary }),
  error: css({ display: 'block', color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});
