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
};
