import { getServiceEvidence } from '../../api/evidence.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { linkTrace } from '../../host/linkTrace.tsx';
import { tracesOfService } from '../../host/tracesPath.ts';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { LogEvidence } from '../../ui/evidence/LogEvidence.tsx';
import { TraceEvidence } from '../../ui/evidence/TraceEvidence.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';

const REFRESH_MS = 30_000;

/** What the service logged last, and its latest failed and slow traces. */
export function ServiceEvidence({ name }: { name: string }) {
  const grafanaUrl = useGrafanaUrl();
  const query = useOperation(getServiceEvidence, { name }, { refreshMs: REFRESH_MS });
  const { data } = query;
  return (
    <Section title={t('overview.service-evidence.logs-and-traces', 'Logs and traces')}>
      <LoadState
        what={t('overview.service-evidence.the-logs-and-traces', 'The logs and traces')}
        query={query}
        height={72}
        rows={2}
      />
      {data && (
        <>
          <LogEvidence service={name} logs={data.logs} link={linkTrace} grafanaUrl={grafanaUrl} compact />
          <TraceEvidence
            service={name}
            traces={data.traces}
            link={linkTrace}
            search={
              <>
                <AppLink to={tracesOfService(name, data.traces.window)}>
                  {t('overview.service-evidence.search-traces', 'Search traces')}
                </AppLink>{' '}
                <AppLink to={tracesOfService(name, data.traces.window, 'calls')}>
                  {t('overview.service-evidence.calls', 'What it calls')}
                </AppLink>
              </>
            }
            grafanaUrl={grafanaUrl}
            compact
          />
        </>
      )}
    </Section>
  );
}
