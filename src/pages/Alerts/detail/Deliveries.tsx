import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { DeliveryView } from '../../../api/alerts.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { Section } from '../../../ui/Section.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import type { StateLook } from '../../../ui/tone.ts';

const LOOK: Readonly<Record<DeliveryView['state'], StateLook>> = {
  delivered: { tone: 'ok', icon: 'check-circle', word: 'Delivered' },
  queued: { tone: 'quiet', icon: 'hourglass', word: 'Queued' },
  sending: { tone: 'quiet', icon: 'sync', word: 'Sending' },
  failed: { tone: 'error', icon: 'times-circle', word: 'Failed' },
  skipped: { tone: 'quiet', icon: 'minus-circle', word: 'Skipped' },
};

const NEWS: Readonly<Record<DeliveryView['kind'], string>> = {
  fired: 'that it fired',
  severity_raised: 'that it got worse',
  no_data: 'that data is missing',
  resolved: 'that it resolved',
};

/** Whom the news reached. */
export function Deliveries({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title="Notifications">
      {deliveries.length === 0 && (
        <Text color="secondary">Nobody was told: no route matches, or it was suppressed.</Text>
      )}
      <ul className={styles.list}>
        {deliveries.map(({ receiver, receiverKind, kind, state, attempts, at, lastError, nextAttemptAt }) => (
          <li key={`${receiver} ${kind} ${at}`} className={styles.item}>
            <StateTag look={LOOK[state]} />
            <span>
              {receiver} <span className={styles.quiet}>({receiverKind})</span>, {NEWS[kind]}, <RelativeTime at={at} />
              {attempts > 1 && `, ${attempts} attempts`}
              {nextAttemptAt !== null && state === 'queued' && (
                <>
                  , next attempt <RelativeTime at={nextAttemptAt} />
                </>
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
