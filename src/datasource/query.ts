import type { DataQueryRequest, DataSourceApi, DataSourceJsonData } from '@grafana/data';
import type { FrameQuery, FrameQueryType } from '../api/frames.ts';
import type { TransitionKind } from '../core/alerts/transition.ts';

/** What Grafana itself keeps with every query. */
type DataQuery = DataQueryRequest['targets'][number];

type KeysOfAll<T> = T extends unknown ? keyof T : never;
/** Every field that a query of any type may have. */
export type QueryField = Exclude<KeysOfAll<FrameQuery>, 'queryType'>;
/** Those that hold several values. */
export type ListField = Exclude<QueryField, 'groupBy' | 'signal' | 'errorsOnly' | NumberField | TextField>;
/** Whole numbers. */
export type NumberField = 'limit' | 'depth';
/** Those that are typed. */
export type TextField = 'traceql' | 'traceId' | 'offset';

/** A query as dashboards and rules keep it: any text may be a variable still, and the engine checks what comes of it. */
export interface PharosQuery extends DataQuery, Partial<Record<ListField, string[]>> {
  groupBy?: string;
  signal?: string;
  limit?: number;
  /** How many calls away from the services. */
  depth?: number;
  errorsOnly?: boolean;
  traceql?: string;
  traceId?: string;
  /** A Prometheus duration. */
  offset?: string;
}

/** Readable by every viewer. */
export interface PharosOptions extends DataSourceJsonData {
  /** Address of the engine as Grafana reaches it. */
  engineUrl?: string;
}

/** Never comes back from Grafana. */
export interface PharosSecrets {
  relaySecret?: string;
}

export const NAME_KINDS = ['services', 'owners', 'severities', 'states', 'signals'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** What a variable asks for. */
export interface VariableQuery extends DataQuery {
  find: NameKind;
}

export interface Name {
  readonly text: string;
  readonly value: string;
}

/** The data source as its editors see it. */
export interface PharosApi extends DataSourceApi<PharosQuery, PharosOptions> {
  /** @throws Error with the engine's sentence */
  findNames(kind: NameKind): Promise<readonly Name[]>;
  /** `$name` of every variable of the dashboard. */
  variableNames(): readonly string[];
}

/** What an annotation marks as long as nothing else is chosen: what a person would want to see beside a graph. */
export const ANNOTATED_KINDS = [
  'fired',
  'severity_raised',
  'no_data',
  'resolved',
] as const satisfies readonly TransitionKind[];

export const isQueryType = (text: string | undefined): text is FrameQueryType =>
  text !== undefined && Object.hasOwn(QUERY_FIELDS, text);

/** The fields of each type, in the order in which the editor shows them. */
export const QUERY_FIELDS: { readonly [T in FrameQueryType]: ReadonlyArray<QueryFieldOf<T>> } = {
  alertCounts: ['groupBy', 'states', 'severities', 'services', 'owners', 'sources'],
  signals: ['signal', 'services'],
  alerts: ['states', 'severities', 'services', 'owners', 'sources', 'limit'],
  history: ['kinds', 'services', 'limit'],
  status: ['figures'],
  traces: ['traceql', 'services', 'limit'],
  trace: ['traceId', 'limit'],
  traceOperations: ['traceql', 'services', 'limit'],
  traceComparison: ['traceql', 'services', 'offset', 'limit'],
  serviceMap: ['services', 'depth', 'offset', 'errorsOnly'],
};
type QueryFieldOf<T extends FrameQueryType> = Exclude<keyof Extract<FrameQuery, { queryType: T }>, 'queryType'>;
