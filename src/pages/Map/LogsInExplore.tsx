import { getServiceEvidence } from '../../api/evidence.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import type { TimeWindow } from '../../core/evidence/evidence.ts';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { buildLogLinesQuery } from '../../queries/logql/logLinesQuery.ts';
import { ExternalLink } from '../../ui/ExternalLink.tsx';

/** Leads to the log lines of a service in the window of the map, where there are a Loki and a Grafana. */
export function LogsInExplore({ name, window }: { readonly name: string; readonly window: TimeWindow }) {
  const grafana = useGrafanaUrl();
  const { data } = useOperation(getServiceEvidence, { name });
  if (grafana === undefined || data === undefined || data.logs.query === null) {
    return null;
  }
  const logs = buildLogLinesQuery({ service: name, levels: 'all' });
  return (
    <ExternalLink href={exploreUrl(grafana, { logs, window })}>
      {t('map.logs-in-explore.logs', 'Logs in Explore')}
    </ExternalLink>
  );
}
