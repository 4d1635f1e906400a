import type { UseQueryResult } from '@tanstack/react-query';
import type { AlertView } from '../../../api/alerts.ts';
import type { ApiError } from '../../../api/apiError.ts';
import { getAlertEvidence, type EvidenceView } from '../../../api/evidence.ts';
import type { EpochMs } from '../../../core/units.ts';
import { AppLink } from '../../../host/AppLink.tsx';
import { comparePath } from '../../../host/comparePath.ts';
import { linkTrace } from '../../../host/linkTrace.tsx';
import { tracesOfService } from '../../../host/tracesPath.ts';
import { useGrafanaUrl } from '../../../host/useGrafanaUrl.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { buildTraceFilterQuery } from '../../../queries/traceql/traceFilterQuery.ts';
import { DeployEvidence } from '../../../ui/evidence/DeployEvidence.tsx';
import { LogEvidence } from '../../../ui/evidence/LogEvidence.tsx';
import { TraceEvidence } from '../../../ui/evidence/TraceEvidence.tsx';
import { LoadState } from '../../../ui/LoadState.tsx';
import { Section } from '../../../ui/Section.tsx';
import { useNow } from '../../../ui/useNow.ts';

/** As long as the widest window around the start goes on, and what arrives late with it. */
const GROWS_FOR_MS = 35 * 60_000;
const REFRESH_MS = 30_000;

/** What else happened around the start of an alert. It no longer changes once that time is over. */
export function useAlertEvidence({ id, startsAt }: Pick<AlertView, 'id' | 'startsAt'>) {
  const grows = useNow((now) => now - startsAt < GROWS_FOR_MS);
  return useOperation(getAlertEvidence, { id }, grows ? { refreshMs: REFRESH_MS } : {});
}

export interface AroundThatTimeProps {
  readonly query: UseQueryResult<EvidenceView, ApiError>;
}

/** Deploys, log lines and traces around the start of an alert, each with where it was looked for. */
export function AroundThatTime({ query }: AroundThatTimeProps) {
  const grafanaUrl = useGrafanaUrl();
  const { data } = query;
  return (
    <Section title={t('alerts.around-that-time.around-that-time', 'Around that time')}>
      <LoadState
        what={t('alerts.around-that-time.what-else-happened', 'What else happened')}
        query={query}
        height={72}
        rows={3}
      />
      {data && (
        <>
          <DeployEvidence
            service={data.service}
            deploys={data.deploys}
            at={data.at}
            compare={({ at }) => (
              <AppLink to={comparisonAt(at, data.service)}>
                {t('alerts.around-that-time.compare-traces', 'Compare traces before and after')}
              </AppLink>
            )}
          />
          <LogEvidence service={data.service} logs={data.logs} link={linkTrace} grafanaUrl={grafanaUrl} />
          <TraceEvidence
            service={data.service}
            traces={data.traces}
            link={linkTrace}
            search={
              <AppLink to={tracesOfService(data.service, data.traces.window)}>
                {t('alerts.around-that-time.search-traces', 'Search traces')}
              </AppLink>
            }
            grafanaUrl={grafanaUrl}
          />
        </>
      )}
    </Section>
  );
}

const comparisonAt = (at: EpochMs, service: string): string =>
  comparePath({ kind: 'time', q: buildTraceFilterQuery({ service }), at: String(at), each: '15m' });
