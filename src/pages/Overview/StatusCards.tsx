import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { SourceView } from '../../api/access.ts';
import type { getSystemStatus } from '../../api/system.ts';
import type { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { SEVERITIES } from '../../core/alerts/severity.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useCan } from '../../host/useIdentity.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { SEVERITY_COUNT } from '../../ui/answerAlerts.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { look, SEVERITY_LOOK, type StateLook } from '../../ui/tone.ts';

type Status = OutputOf<typeof getSystemStatus>;

export interface StatusCardsProps {
  readonly status: Status | undefined;
  readonly error: ApiError | null;
}

/** Open alerts, sources and the engine, each a glance. */
export function StatusCards({ status, error }: StatusCardsProps) {
  const styles = useStyles2(getStyles);
  const body = (show: (known: Status) => React.ReactNode) => {
    if (status) {
      return show(status);
    }
    return error ? (
      <span>{error.message}</span>
    ) : (
      <Skeleton label={t('overview.status-cards.loading-the-status', 'Loading the status')} height={22} />
    );
  };
  return (
    <div className={styles.cards}>
      <Section title={t('overview.status-cards.open-alerts', 'Open alerts')}>
        {body(({ alerts }) => (
          <OpenAlerts counts={alerts} />
        ))}
      </Section>
      <Section title={t('overview.status-cards.sources', 'Sources')}>
        {body(({ sources }) => (
          <Sources sources={sources} />
        ))}
      </Section>
      <Section title={t('overview.status-cards.engine', 'Engine')}>
        {body((known) => (
          <Engine status={known} />
        ))}
      </Section>
    </div>
  );
}

function OpenAlerts({ counts }: { counts: Status['alerts'] }) {
  const styles = useStyles2(getStyles);
  const open = SEVERITIES.toReversed().filter((severity) => counts[severity] > 0);
  if (open.length === 0) {
    return <AppLink to="/alerts">{t('overview.status-cards.no-alert-is-open', 'No alert is open')}</AppLink>;
  }
  return (
    <div className={styles.row}>
      {open.map((severity) => (
        <AppLink key={severity} to={`/alerts?severity=${severity}`} className={styles.link}>
          <StateTag look={SEVERITY_LOOK[severity]} word={SEVERITY_COUNT[severity](counts[severity])} />
        </AppLink>
      ))}
    </div>
  );
}

const SOURCE_LOOK: Readonly<Record<SourceView['status'], StateLook>> = {
  ok: look('ok', 'check-circle', () => t('overview.status-cards.source-ok', 'ok')),
  degraded: look('warning', 'exclamation-triangle', () => t('overview.status-cards.source-degraded', 'degraded')),
  down: look('critical', 'exclamation-circle', () => t('overview.status-cards.source-down', 'down')),
  unknown: look('quiet', 'question-circle', () => t('overview.status-cards.not-asked-yet', 'not checked yet')),
};

function Sources({ sources }: { sources: readonly SourceView[] }) {
  const styles = useStyles2(getStyles);
  const canAdd = useCan('admin');
  if (sources.length === 0) {
    return canAdd ? (
      <AppLink to="/settings?tab=sources">
        {t('overview.status-cards.none-connected-add-one', 'None connected: add one')}
      </AppLink>
    ) : (
      <span>{t('overview.status-cards.none-connected', 'None connected')}</span>
    );
  }
  return (
    <div className={styles.row}>
      {sources.map(({ id, name, status, staleSince, lastError }) => (
        <AppLink key={id} to="/settings?tab=sources" className={styles.link}>
          <StateTag
            look={SOURCE_LOOK[status]}
            word={`${name} ${SOURCE_LOOK[status].word}`}
            {...(lastError === null ? {} : { title: lastError })}
          />
          {staleSince !== null && (
            <span className={styles.note}>
              {' '}
              <Trans
                i18nKey="overview.status-cards.stale-for"
                defaults="stale for <time/>"
                components={{ time: <RelativeTime at={staleSince} form="span" /> }}
              />
            </span>
          )}
        </AppLink>
      ))}
    </div>
  );
}

const ENGINE_LOOK: Readonly<Record<Status['status'], StateLook>> = {
  ok: look('ok', 'check-circle', () => t('overview.status-cards.engine-ok', 'ok')),
  degraded: look('warning', 'exclamation-triangle', () => t('overview.status-cards.engine-degraded', 'degraded')),
  failing: look('critical', 'exclamation-circle', () => t('overview.status-cards.engine-failing', 'failing')),
};

const perSecond = (value: number): string => `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))}/s`;

function Engine({ status }: { status: Status }) {
  const styles = useStyles2(getStyles);
  const { evaluation, deliveries, leadership, problems } = status;
  return (
    <div>
      <div className={styles.row}>
        <StateTag look={ENGINE_LOOK[status.status]} />
        {leadership.leads && (
          <span>
            {t('overview.status-cards.evaluations', 'evaluations {{perSecond}}', {
              perSecond: perSecond(evaluation.perSecond),
            })}
          </span>
        )}
        {deliveries.queued > 0 && (
          <span>{t('overview.status-cards.queued', '{{queued}} queued', { queued: deliveries.queued })}</span>
        )}
        {deliveries.dead > 0 && (
          <AppLink to="/settings?tab=receivers">
            {t('overview.status-cards.undelivered', '{{dead}} undelivered', { dead: deliveries.dead })}
          </AppLink>
        )}
      </div>
      {problems.map((problem) => (
        <div key={problem} className={styles.note}>
          {problem}
        </div>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    gap: theme.spacing(1),
  }),
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2), alignItems: 'center' }),
  link: css({ '&:hover': { textDecoration: 'underline' } }),
  note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
