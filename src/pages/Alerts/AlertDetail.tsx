import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { getAlert, type AlertView } from '../../api/alerts.ts';
import type { OutputOf } from '../../api/operation.ts';
import type { Deploy } from '../../core/evidence/evidence.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useHost } from '../../host/HostContext.ts';
import { useIdentity } from '../../host/useIdentity.ts';
import { useLive } from '../../host/useLive.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AlertTag } from '../../ui/AlertTag.tsx';
import { AlertActions } from './detail/AlertActions.tsx';
import { AroundThatTime, useAlertEvidence } from './detail/AroundThatTime.tsx';
import { CommentBox } from './detail/CommentBox.tsx';
import { Deliveries } from './detail/Deliveries.tsx';
import { RelatedAlerts } from './detail/RelatedAlerts.tsx';
import { SignalOfAlert } from './detail/SignalOfAlert.tsx';
import { Timeline } from './detail/Timeline.tsx';
import { WhyItFired } from './detail/WhyItFired.tsx';
import { describeStanding } from '../../ui/describeStanding.ts';

export interface AlertDetailProps {
  readonly params: Readonly<Record<string, string>>;
}

/** One alert: what, why, what has happened, and what to do about it. */
export function AlertDetail({ params }: AlertDetailProps) {
  const { PageFrame } = useHost();
  const { contactAt, lost, paused, setPaused } = useLive();
  const query = useOperation(getAlert, { id: params['id'] ?? '' });
  const alert = query.data?.alert;
  return (
    <PageFrame
      title={alert?.summary ?? t('alerts.alert-detail.alert', 'Alert')}
      parent={{ title: t('alerts.alert-detail.alerts', 'Alerts'), to: '/alerts' }}
      {...(alert ? { subtitle: <Standing alert={alert} /> } : {})}
      actions={<LiveStamp at={contactAt} lost={lost} paused={paused} onPause={setPaused} />}
    >
      {query.error && (
        <ErrorState
          what={
            query.data
              ? t('alerts.alert-detail.the-alert-could-not-be', 'The alert could not be updated')
              : t('alerts.alert-detail.the-alert-could-not-be-2', 'The alert could not be loaded')
          }
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && (
        <Skeleton label={t('alerts.alert-detail.loading-the-alert', 'Loading the alert')} height={120} rows={3} />
      )}
      {query.data && <Body {...query.data} />}
    </PageFrame>
  );
}

/** State, since when, and who has it, in a line. */
function Standing({ alert }: { alert: AlertView }) {
  const styles = useStyles2(getStyles);
  const me = useIdentity()?.name;
  const { startsAt, resolvedAt, resolvedBy, service, annotations } = alert;
  const standing = describeStanding(alert, me);
  const runbook = annotations['runbook_url'] ?? '';
  return (
    <span className={styles.standing}>
      <AlertTag alert={alert} size="large" />
      <span>
        {service !== '' && (
          <>
            <AppLink to={`/?${new URLSearchParams({ service }).toString()}`} className={styles.link}>
              {service}
            </AppLink>
            ,{' '}
          </>
        )}
        {resolvedAt === null ? (
          <Trans
            i18nKey="alerts.alert-detail.since"
            defaults="since <start/>"
            components={{ start: <RelativeTime at={startsAt} /> }}
          />
        ) : (
          <Trans
            i18nKey="alerts.alert-detail.resolved-by"
            defaults="since <start/>, resolved <end/> by {{by}}"
            values={{ by: resolvedBy ?? t('alerts.alert-detail.its-source', 'its source') }}
            components={{ start: <RelativeTime at={startsAt} />, end: <RelativeTime at={resolvedAt} /> }}
          />
        )}
        {standing !== '' && `, ${standing}`}
        {/^https?:/i.test(runbook) && (
          <>
            ,{' '}
            <a href={runbook} target="_blank" rel="noreferrer" className={styles.link}>
              {t('alerts.alert-detail.runbook', 'runbook')}
            </a>
          </>
        )}
      </span>
    </span>
  );
}

const NO_DEPLOYS: readonly Deploy[] = [];

function Body({ alert, timeline, deliveries, related }: OutputOf<typeof getAlert>) {
  const styles = useStyles2(getStyles);
  const evidence = useAlertEvidence(alert);
  return (
    <div className={styles.page}>
      <AlertActions alert={alert} />
      <SignalOfAlert alert={alert} timeline={timeline} deploys={evidence.data?.deploys.items ?? NO_DEPLOYS} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Section title={t('alerts.alert-detail.timeline', 'Timeline')}>
            <Timeline entries={timeline} />
            <CommentBox alertId={alert.id} />
          </Section>
        </div>
        <div className={styles.column}>
          <WhyItFired alert={alert} />
          <Deliveries deliveries={deliveries} />
          <RelatedAlerts alert={alert} related={related} />
        </div>
      </div>
      <AroundThatTime query={evidence} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  standing: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2), alignItems: 'center' }),
  link: css({ textDecoration: 'underline', textUnderlineOffset: 3 }),
  columns: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2),
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  column: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});
