import { listSources } from '../api/access.ts';
import { useHost } from './HostContext.ts';
import { useOperation } from './useOperation.ts';

/** Where Grafana is, for links into its Explore: the one around the page, else the one that the engine knows; undefined where there is none. */
export function useGrafanaUrl(): string | undefined {
  const { grafanaUrl } = useHost();
  const { data } = useOperation(listSources, {}, { enabled: grafanaUrl === undefined });
  return (grafanaUrl === undefined ? data?.grafanaUrl : grafanaUrl) ?? undefined;
}
