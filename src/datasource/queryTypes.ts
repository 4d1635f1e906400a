import type { FrameQueryType } from '../api/frames.ts';

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
    label: 'Alert counts',
    description: 'How many alerts were open over the time range: one series, or one per group.',
    isTable: false,
  },
  signals: {
    label: 'Signals',
    description: 'What is measured of services, from their Prometheus: one series per service.',
    isTable: false,
  },
  alerts: {
    label: 'Alerts',
    description: 'The alerts as they stand now, whatever the time range: one row per alert, the most urgent first.',
    isTable: true,
  },
  history: {
    label: 'History',
    description: 'What happened to alerts within the time range: one row per event, the newest first.',
    isTable: true,
  },
  status: {
    label: 'Status',
    description: 'How the engine itself is doing now: one number per figure.',
    isTable: false,
  },
  traces: {
    label: 'Traces',
    description: 'Traces that a search finds within the time range: one row per trace, the newest first.',
    isTable: true,
  },
  trace: {
    label: 'One trace',
    description: 'The spans of one trace, whenever it was, for a panel that draws traces.',
    isTable: true,
  },
  traceOperations: {
    label: 'Critical path by operation',
    description: 'What held up the answers: time on the critical paths of the traces found, by service and operation.',
    isTable: true,
  },
  traceComparison: {
    label: 'Trace comparison',
    description: 'The traces within the time range against those before it: where the difference comes from.',
    isTable: true,
  },
  serviceMap: {
    label: 'Service map',
    description: 'Who called whom within the time range, for a panel that draws graphs.',
    isTable: true,
  },
};
