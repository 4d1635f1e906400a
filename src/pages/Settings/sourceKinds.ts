import type { SourceView } from '../../api/access.ts';

/** What each kind of source brings. */
export const SOURCE_KIND_WORDS: Readonly<
  Record<SourceView['kind'], { readonly label: string; readonly description: string }>
> = {
  prometheus: { label: 'Prometheus', description: 'Metrics: services, signals, thresholds. Mimir and Thanos too.' },
  loki: { label: 'Loki', description: 'Logs beside alerts.' },
  tempo: { label: 'Tempo', description: 'Traces beside alerts.' },
  grafana: { label: 'Grafana', description: 'Links to dashboards, and its alerts.' },
};
