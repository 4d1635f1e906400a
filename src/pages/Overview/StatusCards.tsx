import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { SourceView } from '../../api/access.ts';
import type { getSystemStatus } from '../../api/system.ts';
import type { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { SEVERITIES } from '../../core/alerts/severity.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SEVERITY_LOOK, type StateLook } from '../../ui/tone.ts';

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
    return error ? <span>{error.message}</span> : <Skeleton label="Loading the status" height={22} />;
  };
  return (
    <div className={styles.cards}>
      <Section title="Open alerts">
        {body(({ alerts }) => (
          <OpenAlerts counts={alerts} />
        ))}
      </Section>
      <Section title="Sources">
        {body(({ sources }) => (
          <Sources sources={sources} />
        ))}
      </Section>
      <Section title="Engine">
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
    return <AppLink to="/alerts">No alert is open</AppLink>;
  }
  return (
    <div className={styles.row}>
      {open.map((severity) => (
        <AppLink key={severity} to={`/alerts?severity=${severity}`} className={styles.link}>
          <StateTag
            look={SEVERITY_LOOK[severity]}
            word={`${counts[severity]} ${SEVERITY_LOOK[severity].word.toLowerCase()}`}
          />
        </AppLink>
      ))}
    </div>
  );
}

const SOURCE_LOOK: Readonly<Record<SourceView['status'], StateLook>> = {
  ok: { tone: 'ok', icon: 'check-circle', word: 'ok' },
  degraded: { tone: 'warning', icon: 'exclamation-triangle', word: 'degraded' },
  down: { tone: 'critical', icon: 'exclamation-circle', word: 'down' },
  unknown: { tone: 'quiet', icon: 'question-circle', word: 'not asked yet' },
};

function Sources({ sources }: { sources: readonly SourceView[] }) {
  const styles = useStyles2(getStyles);
  if (sources.length === 0) {
    return <AppLink to="/settings?tab=sources">None connected: add one</AppLink>;
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
              stale for <RelativeTime at={staleSince} form="span" />
            </span>
          )}
        </AppLink>
      ))}
    </div>
  );
}

const ENGINE_LOOK: Readonly<Record<Status['status'], StateLook>> = {
  ok: { tone: 'ok', icon: 'check-circle', word: 'ok' },
  degraded: { tone: 'warning', icon: 'exclamation-triangle', word: 'degraded' },
  failing: { tone: 'critical', icon: 'exclamation-circle', word: 'failing' },
};

const perSecond = (value: number): string => `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))}/s`;

function Engine({ status }: { status: Status }) {
  const styles = useStyles2(getStyles);
  const { evaluation, deliveries, problems } = status;
  return (
    <div>
      <div className={styles.row}>
        <StateTag look={ENGINE_LOOK[status.status]} />
        <span>evaluations {perSecond(evaluation.perSecond)}</span>
        {deliveries.queued > 0 && <span>{deliveries.queued} queued</span>}
        {deliveries.dead > 0 && <AppLink to="/settings?tab=receivers">{deliveries.dead} undelivered</AppLink>}
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
