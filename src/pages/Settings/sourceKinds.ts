import type { SourceView } from '../../api/access.ts';
import { t } from '../../i18n/t.ts';

/** What each kind of source brings. */
export const SOURCE_KIND_WORDS: Readonly<
  Record<SourceView['kind'], { readonly label: string; readonly description: string }>
> = {
  prometheus: {
    label: 'Prometheus',
    get description() {
      return t(
        'settings.source-kinds.metrics-services-signals-thresholds-mimir',
        'Metrics: services, signals, thresholds. Mimir and Thanos too.'
      );
    },
  },
  loki: {
    label: 'Loki',
    get description() {
      return t('settings.source-kinds.logs-beside-alerts', 'Logs: evidence for alerts, services and spans.');
    },
  },
  tempo: {
    label: 'Tempo',
    get description() {
      return t('settings.source-kinds.traces-beside-alerts', 'Traces: search, critical path, service map, evidence.');
    },
  },
  grafana: {
    label: 'Grafana',
    get description() {
      return t('settings.source-kinds.links-to-dashboards-and-its', 'Links into Explore.');
    },
  },
};
