import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { getSystemStatus, listServices } from '../../api/system.ts';
import type { OutputOf } from '../../api/operation.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useHost } from '../../host/HostContext.ts';
import { useLive } from '../../host/useLive.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Answer } from '../../ui/Answer.tsx';
import { useDisplay } from '../../ui/display.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { formatClock } from '../../ui/formatTime.ts';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { HEALTH_LOOK } from '../../ui/tone.ts';
import { useNow } from '../../ui/useNow.ts';
import { Coverage } from './Coverage.tsx';
import { answerOverview, type OverviewAnswer } from './hurting.ts';
import { NoServices } from './NoServices.tsx';
import { ServiceDrawer } from './ServiceDrawer.tsx';
import { ServicesTable } from './ServicesTable.tsx';
import { StatusCards } from './StatusCards.tsx';

/** The engine recomputes health at least this often; asking in between catches figures that changed without a change of state. */
const REFRESH_MS = 15_000;

/** How is everything: the answer, then the evidence. */
export function Overview() {
  const { PageFrame } = useHost();
  const styles = useStyles2(getStyles);
  const { contactAt, lost, paused, setPaused } = useLive();
  const services = useOperation(listServices, {}, { refreshMs: REFRESH_MS });
  const params = useQueryParams();
  const opened = params.get('service');
  const open = (name: string | null) => params.set({ service: name, range: null }, { push: name !== null });
  const updatedAt = Math.max(contactAt ?? 0, services.dataUpdatedAt) || null;

  return (
    <PageFrame
      title={t('overview.overview.overview', 'Overview')}
      actions={<LiveStamp at={updatedAt} lost={lost} paused={paused} onPause={setPaused} />}
    >
      <div className={styles.page}>
        {services.error && (
          <ErrorState
            what={
              services.data
                ? t('overview.overview.the-services-could-not-be', 'The services could not be updated')
                : t('overview.overview.the-services-could-not-be-2', 'The services could not be loaded')
            }
            error={services.error}
            onRetry={() => void services.refetch()}
          />
        )}
        <Body services={services.data} loading={services.isPending} onOpen={open} />
      </div>
      {opened !== undefined && (
        <ServiceDrawer
          name={opened}
          service={services.data && (services.data.items.find(({ name }) => name === opened) ?? null)}
          onClose={() => open(null)}
        />
      )}
    </PageFrame>
  );
}

interface BodyProps {
  readonly services: OutputOf<typeof listServices> | undefined;
  readonly loading: boolean;
  readonly onOpen: (name: string) => void;
}

function Body({ services, loading, onOpen }: BodyProps) {
  const styles = useStyles2(getStyles);
  const status = useOperation(getSystemStatus, {}, { refreshMs: REFRESH_MS });
  const cards = <StatusCards status={status.data} error={status.error} />;
  if (services === undefined) {
    return (
      <>
        {loading && <Skeleton label={t('overview.overview.loading-the-answer', 'Loading the summary')} height={28} />}
        {cards}
        {loading && (
          <Skeleton label={t('overview.overview.loading-the-services', 'Loading the services')} height={36} rows={6} />
        )}
      </>
    );
  }
  const { items, problem, staleSince } = services;
  if (items.length === 0) {
    return (
      <>
        {cards}
        <NoServices problem={problem} sources={status.data?.sources} />
      </>
    );
  }
  return (
    <>
      <HurtingAnswer answer={answerOverview(items)} />
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      {cards}
      <ServicesTable services={items} staleSince={staleSince} onOpen={onOpen} />
      <Coverage services={items} />
    </>
  );
}

/** Before the first that hurts, and before each other. */
const BETWEEN = [': ', '; '] as const;

function HurtingAnswer({ answer }: { answer: OverviewAnswer }) {
  const { timeZone } = useDisplay();
  const { lead, hurting, more, state } = answer;
  // Once a minute is enough to notice midnight.
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  return (
    <Answer look={HEALTH_LOOK[state]}>
      {lead}
      {hurting.map(({ service, why, since }, index) => (
        <span key={service}>
          {BETWEEN[Math.min(index, 1)]}
          <AppLink to={`/?${new URLSearchParams({ service }).toString()}`}>{service}</AppLink>
          {since === null
            ? ` (${why})`
            : t('overview.overview.why-since', ' ({{why}}, since {{time}})', {
                why,
                time: formatClock(since, now, timeZone),
              })}
        </span>
      ))}
      {more > 0 && t('overview.overview.and-more', '; and {{more}} more', { more })}.
    </Answer>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  problem: css({ margin: 0, color: theme.colors.warning.text }),
});
