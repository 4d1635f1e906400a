import type { FrameQueryType } from '../api/frames.ts';
import { t } from '../i18n/t.ts';

interface QueryTypeWords {
  readonly label: string;
  /** What comes back, in a sentence. */
  readonly description: string;
  /** Grafana's alerting can judge numbers and series only. */
  readonly isTable: boolean;
}

/** In the order in which a person looks for them. */
export const QUERY_TYPES: Readonly<Record<FrameQueryType, QueryTypeWords>> = {
  alertCounts: {
    get label() {
      return t('datasource.query-types.alert-counts', 'Alert counts');
    },
    get description() {
      return t(
        'datasource.query-types.how-many-alerts-were-open',
        'How many alerts were open over the time range: one series, or one per group.'
      );
    },
    isTable: false,
  },
  signals: {
    get label() {
      return t('datasource.query-types.signals', 'Signals');
    },
    get description() {
      return t(
        'datasource.query-types.what-is-measured-of-services',
        'What Prometheus measures of services: one series per service.'
      );
    },
    isTable: false,
  },
  alerts: {
    get label() {
      return t('datasource.query-types.alerts', 'Alerts');
    },
    get description() {
      return t(
        'datasource.query-types.the-alerts-as-they-stand',
        'The alerts as they stand now, whatever the time range: one row per alert, the most urgent first.'
      );
    },
    isTable: true,
  },
  history: {
    get label() {
      return t('datasource.query-types.history', 'History');
    },
    get description() {
      return t(
        'datasource.query-types.what-happened-to-alerts-within',
        'What happened to alerts within the time range: one row per event, the newest first.'
      );
    },
    isTable: true,
  },
  status: {
    get label() {
      return t('datasource.query-types.status', 'Status');
    },
    get description() {
      return t(
        'datasource.query-types.how-the-engine-itself-is',
        'How the engine itself is doing now: one number per figure.'
      );
    },
    isTable: false,
  },
  traces: {
    get label() {
      return t('datasource.query-types.traces', 'Traces');
    },
    get description() {
      return t(
        'datasource.query-types.traces-description',
        'Traces that a search finds within the time range: one row per trace, the newest first.'
      );
    },
    isTable: true,
  },
  trace: {
    get label() {
      return t('datasource.query-types.trace', 'One trace');
    },
    get description() {
      return t(
        'datasource.query-types.trace-description',
        'The spans of one trace, whenever it was, for a panel that draws traces.'
      );
    },
    isTable: true,
  },
  traceOperations: {
    get label() {
      return t('datasource.query-types.traceOperations', 'Critical path by operation');
    },
    get description() {
      return t(
        'datasource.query-types.traceOperations-description',
        'What held up the answers: time on the critical paths of the traces found, by service and operation.'
      );
    },
    isTable: true,
  },
  traceComparison: {
    get label() {
      return t('datasource.query-types.traceComparison', 'Trace comparison');
    },
    get description() {
      return t(
        'datasource.query-types.traceComparison-description',
        'The traces within the time range against those before it: where the difference comes from.'
      );
    },
    isTable: true,
  },
  serviceMap: {
    get label() {
      return t('datasource.query-types.serviceMap', 'Service map');
    },
    get description() {
      return t(
        'datasource.query-types.serviceMap-description',
        'Who called whom within the time range, for a panel that draws graphs.'
      );
    },
    isTable: true,
  },
};
