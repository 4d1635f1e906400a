import {
  dateTime,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type DataQueryRequest,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { ALERT_COLUMNS } from '../../api/frames.ts';

export const NOW = Date.UTC(2026, 10, 21, 14, 10);

type Cells = Partial<Record<(typeof ALERT_COLUMNS)[number], unknown>>;

const CHECKOUT: Cells = {
  startsAt: NOW - 6 * 60_000,
  severity: 'critical',
  state: 'firing',
  service: 'checkout',
  summary: 'checkout: p95 latency above 800 ms',
  value: 1.21,
  unit: 'seconds',
  owner: 'shop',
  acknowledgedBy: '',
  acknowledgedComment: '',
  suppressed: '',
  source: 'pharos',
  updatedAt: NOW,
  labels: { service: 'checkout' },
  id: 'checkout-1',
};

/** A frame as the data source gives it: alerts of checkout, changed as told. */
export const alertFrame = (...rows: Cells[]): DataFrame =>
  toDataFrame({
    refId: 'A',
    fields: ALERT_COLUMNS.map((name) => ({ name, values: rows.map((row) => ({ ...CHECKOUT, ...row })[name]) })),
  });

const range: TimeRange = {
  from: dateTime(NOW - 3_600_000),
  to: dateTime(NOW),
  raw: { from: 'now-1h', to: 'now' },
};

export function requestOf(rest: Partial<DataQueryRequest> = {}): DataQueryRequest {
  return {
    requestId: 'SQR100',
    app: 'dashboard',
    interval: '15s',
    intervalMs: 15_000,
    range,
    scopedVars: {},
    startTime: NOW,
    targets: [{ refId: 'A', datasource: { type: 'pharos-observability-datasource', uid: 'pharos' } }],
    timezone: 'utc',
    ...rest,
  };
}

export const panelData = (series: DataFrame[], rest: Partial<PanelData> = {}): PanelData => ({
  state: LoadingState.Done,
  series,
  timeRange: range,
  request: requestOf(),
  ...rest,
});
