import type { DataFrameJson } from '../../../src/api/frames.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Labels } from '../../../src/core/labels.ts';
import type { EpochMs } from '../../../src/core/units.ts';

type Schema = DataFrameJson['schema'];
type Field = Schema['fields'][number];
export type FrameMeta = NonNullable<Schema['meta']>;
export type Notice = NonNullable<FrameMeta['notices']>[number];

export interface Column {
  readonly field: Field;
  readonly values: unknown[];
}

interface ColumnOptions {
  readonly labels?: Labels;
  /** Of Grafana's FieldConfig: unit, display name, colour, links. */
  readonly config?: Readonly<Record<string, Json>>;
}

const fieldOf = (field: Omit<Field, 'labels' | 'config'>, { labels, config }: ColumnOptions): Field => ({
  ...field,
  ...(labels === undefined ? {} : { labels: { ...labels } }),
  ...(config === undefined ? {} : { config: { ...config } }),
});

export const timeColumn = (name: string, values: readonly EpochMs[], options: ColumnOptions = {}): Column => ({
  field: fieldOf({ name, type: 'time', typeInfo: { frame: 'time', nullable: false } }, options),
  values: [...values],
});

/** JSON has neither NaN nor infinities: they become null, as everywhere on the wire. */
export const numberColumn = (
  name: string,
  values: ReadonlyArray<number | null>,
  options: ColumnOptions = {}
): Column => ({
  field: fieldOf({ name, type: 'number', typeInfo: { frame: 'float64', nullable: true } }, options),
  values: values.map((value) => (Number.isFinite(value) ? value : null)),
});

export const textColumn = (name: string, values: readonly string[], options: ColumnOptions = {}): Column => ({
  field: fieldOf({ name, type: 'string', typeInfo: { frame: 'string', nullable: false } }, options),
  values: [...values],
});

export const jsonColumn = (name: string, values: readonly Json[], options: ColumnOptions = {}): Column => ({
  field: fieldOf({ name, type: 'other', typeInfo: { frame: 'json.RawMessage', nullable: false } }, options),
  values: [...values],
});

/** Version of Grafana's data plane contract that the types of `meta` follow. */
const DATA_PLANE: [number, number] = [0, 1];

export function buildFrame(
  schema: { readonly refId: string; readonly name?: string; readonly meta: FrameMeta },
  columns: readonly Column[]
): DataFrameJson {
  const { refId, name, meta } = schema;
  return {
    schema: {
      refId,
      ...(name === undefined ? {} : { name }),
      meta: { ...meta, ...(meta.type === undefined ? {} : { typeVersion: DATA_PLANE }) },
      fields: columns.map(({ field }) => field),
    },
    data: { values: columns.map(({ values }) => values) },
  };
}

export const tableMeta = (notices: readonly Notice[]): FrameMeta => ({
  ...{ type: 'table', preferredVisualisationType: 'table' },
  ...(notices.length === 0 ? {} : { notices: [...notices] }),
});

export const warning = (text: string): Notice => ({ severity: 'warning', text });

const APP_PATH = '/a/pharos-observability-app';

/** A link from a row to its alert in the app, by the column that holds the id. */
export const linkToAlert = (idColumn: string): Json => [
  { title: 'Open in Pharos', url: `${APP_PATH}/alerts/\${__data.fields.${idColumn}}` },
];

/** A link from a row to the analysis of its trace in the app. */
export const linkToTrace = (idColumn: string): Json => [
  { title: 'Analyze in Pharos', url: `${APP_PATH}/traces/\${__data.fields.${idColumn}}` },
];
