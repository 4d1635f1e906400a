import type { DataFrameJson, FrameQueryType } from './frames.ts';

/** Those of traces need a Tempo, and have tests of their own. */
type WithFixture = Extract<FrameQueryType, 'alerts' | 'alertCounts' | 'history' | 'signals' | 'status'>;

/** One answer of the engine to each type of query: a test of the engine and one of the data source hold them against what they do. */
export const FRAMES: Readonly<Record<WithFixture, readonly DataFrameJson[]>> = {
  alerts: [
    {
      schema: {
        refId: 'A',
        name: 'alerts',
        meta: { type: 'table', typeVersion: [0, 1], preferredVisualisationType: 'table' },
        fields: [
          { name: 'startsAt', type: 'time', typeInfo: { frame: 'time', nullable: false } },
          { name: 'severity', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'state', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'service', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          {
            name: 'summary',
            type: 'string',
            typeInfo: { frame: 'string', nullable: false },
            config: {
              links: [{ title: 'Open in Pharos', url: '/a/pharos-observability-app/alerts/${__data.fields.id}' }],
            },
          },
          { name: 'value', type: 'number', typeInfo: { frame: 'float64', nullable: true } },
          { name: 'unit', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'owner', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'acknowledgedBy', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'acknowledgedComment', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'suppressed', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'source', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'updatedAt', type: 'time', typeInfo: { frame: 'time', nullable: false } },
          { name: 'labels', type: 'other', typeInfo: { frame: 'json.RawMessage', nullable: false } },
          { name: 'id', type: 'string', typeInfo: { frame: 'string', nullable: false } },
        ],
      },
      data: {
        values: [
          [1795269600000, 1795269600000],
          ['critical', 'warning'],
          ['firing', 'no_data'],
          ['checkout', 'checkout'],
          ['checkout: p95 latency above 300 ms', 'checkout: p95 latency above 300 ms'],
          [0.42, null],
          ['seconds', ''],
          ['shop', ''],
          ['', ''],
          ['', ''],
          ['', ''],
          ['pharos', 'pharos'],
          [1795269600000, 1795269600000],
          [
            { alertname: 'slow', owner: 'shop', service: 'checkout' },
            { alertname: 'gone', service: 'checkout' },
          ],
          ['38e08ab9090d1655-pmwqh60w0', 'd10a367b6c1c514a-pmwqh60w0'],
        ],
      },
    },
  ],
  alertCounts: [
    {
      schema: {
        refId: 'A',
        name: 'alerts',
        meta: { type: 'timeseries-multi', typeVersion: [0, 1] },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time', nullable: false } },
          {
            name: 'alerts',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { state: 'firing' },
            config: { displayNameFromDS: 'firing', unit: 'short', decimals: 0 },
          },
        ],
      },
      data: {
        values: [
          [1795269540000, 1795269600000],
          [0, 1],
        ],
      },
    },
    {
      schema: {
        refId: 'A',
        name: 'alerts',
        meta: { type: 'timeseries-multi', typeVersion: [0, 1] },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time', nullable: false } },
          {
            name: 'alerts',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { state: 'no_data' },
            config: { displayNameFromDS: 'no_data', unit: 'short', decimals: 0 },
          },
        ],
      },
      data: {
        values: [
          [1795269540000, 1795269600000],
          [0, 1],
        ],
      },
    },
  ],
  history: [
    {
      schema: {
        refId: 'A',
        name: 'history',
        meta: { type: 'table', typeVersion: [0, 1], preferredVisualisationType: 'table' },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time', nullable: false } },
          { name: 'kind', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          {
            name: 'title',
            type: 'string',
            typeInfo: { frame: 'string', nullable: false },
            config: {
              links: [{ title: 'Open in Pharos', url: '/a/pharos-observability-app/alerts/${__data.fields.alertId}' }],
            },
          },
          { name: 'text', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'tags', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'service', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'severity', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'actor', type: 'string', typeInfo: { frame: 'string', nullable: false } },
          { name: 'alertId', type: 'string', typeInfo: { frame: 'string', nullable: false } },
        ],
      },
      data: {
        values: [
          [1795269600000],
          ['fired'],
          ['Fired · checkout: p95 latency above 300 ms'],
          ['p95 latency 0.42 s was above 300 ms for 10 s'],
          ['fired,critical,checkout'],
          ['checkout'],
          ['critical'],
          ['rule'],
          ['38e08ab9090d1655-pmwqh60w0'],
        ],
      },
    },
  ],
  signals: [
    {
      schema: {
        refId: 'A',
        name: 'latency_p95',
        meta: { type: 'timeseries-multi', typeVersion: [0, 1] },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time', nullable: false }, config: { interval: 60000 } },
          {
            name: 'latency_p95',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { service: 'checkout' },
            config: { unit: 's', displayNameFromDS: 'checkout' },
          },
        ],
      },
      data: {
        values: [
          [1795269540000, 1795269600000],
          [0.2, null],
        ],
      },
    },
  ],
  status: [
    {
      schema: {
        refId: 'A',
        name: 'status',
        meta: { type: 'numeric-wide', typeVersion: [0, 1] },
        fields: [
          {
            name: 'alerts_critical',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { figure: 'alerts_critical' },
            config: {
              displayNameFromDS: 'Critical alerts',
              description: 'Open alerts, without those that Grafana sent.',
              unit: 'short',
              decimals: 0,
            },
          },
          {
            name: 'rules',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { figure: 'rules' },
            config: {
              displayNameFromDS: 'Rules',
              description: 'Rules that the engine evaluates.',
              unit: 'short',
              decimals: 0,
            },
          },
        ],
      },
      data: { values: [[1], [0]] },
    },
  ],
};
