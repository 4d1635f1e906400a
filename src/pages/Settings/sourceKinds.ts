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
      return t('settings.source-kinds.logs-beside-alerts', 'Logs beside alerts.');
    },
  },
  tempo: {
    label: 'Tempo',
    get description() {
      return t('settings.source-kinds.traces-beside-alerts', 'Traces beside alerts.');
    },
  },
  grafana: {
    label: 'Grafana',
    get description() {
      return t('settings.source-kinds.links-to-dashboards-and-its', 'Links to dashboards, and its alerts.');
    },
  },
};
