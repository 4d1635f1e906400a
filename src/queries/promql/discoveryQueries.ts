import type { DurationMs } from '../../core/units.ts';
import { COMMON_SERVICE_LABELS } from './convention.ts';
import { CONVENTIONS } from './conventions.ts';
import { serverErrorsIn } from './requestSources.ts';
import { createScope, type Scope } from './scope.ts';

/** Metric names that these queries read, beside those of signals. */
export const DISCOVERY_METRICS: readonly string[] = [
  'build_info',
  'target_info',
  'http_client_request_duration_seconds_count',
  'traces_service_graph_request_total',
];

interface Request {
  /** Metric names that the source has. */
  readonly metrics: ReadonlySet<string>;
  readonly window: DurationMs;
}

interface VersionsRequest extends Request {
  /** Only this service; absent means all. */
  readonly service?: string | undefined;
}

const joined = (parts: readonly string[]): string | undefined =>
  parts.length === 0 ? undefined : parts.join('\nor\n');

const commonScope = ({ window, service }: VersionsRequest): Scope =>
  createScope({ serviceLabels: COMMON_SERVICE_LABELS, window, service });

/** Info metrics and the label of theirs that holds the version. */
const VERSION_METRICS = [
  ['build_info', 'version'],
  ['target_info', 'service_version'],
] as const;

/** One series per service and version, labels `service` and `version`; `undefined` when nothing tells versions. */
export function buildVersionsQuery(request: VersionsRequest): string | undefined {
  const scope = commonScope(request);
  return joined(
    VERSION_METRICS.filter(([metric]) => request.metrics.has(metric)).map(([metric, label]) => {
      const versions = scope.by('max', scope.gauge(metric, [{ name: label, op: '!=', value: '' }]), [label]);
      return label === 'version'
        ? versions
        : `max by (service, version) (label_replace(${versions}, "version", "$1", "${label}", "(.*)"))`;
    })
  );
}

/**
 * Unix time in seconds of each service's newest sample. `up` is not asked: Prometheus writes it for targets that are gone as well.
 */
export function buildNewestSampleQuery(request: Request): string | undefined {
  const parts = CONVENTIONS.flatMap(({ serviceLabels, sources }) => {
    const scope = createScope({ serviceLabels, window: request.window });
    const telling = sources.filter(({ signal }) => signal === 'request_rate' || signal === 'cpu');
    const names = new Set(telling.flatMap(({ metrics }) => metrics).filter((metric) => request.metrics.has(metric)));
    return [...names].map((metric) => scope.by('max', scope.raw(`timestamp(${scope.gauge(metric)})`)));
  });
  // A service may have metrics of its own and others that are made from its traces: whichever is newer tells. `or` alone would take
  // the first, so each part gets a label of its own.
  const newest = joined(parts.map((part, index) => `label_replace(${part}, "part", "${index}", "", "")`));
  return newest && `max by (service) (${newest})`;
}

export interface DependencyQueries {
  /** Calls per second, labels `client` and `server`. */
  readonly calls: string;
  /** The failed ones of them; pairs without a failure are absent. */
  readonly failed: string;
}

const CLIENT_METRIC = 'http_client_request_duration_seconds_count';

/** Who calls whom, from span metrics and from the callers' own metrics; empty where neither is there. */
export function buildDependencyQueries(request: Request): readonly DependencyQueries[] {
  const queries: DependencyQueries[] = [];
  if (request.metrics.has(CLIENT_METRIC)) {
    const scope = commonScope(request);
    const failures = [
      [{ name: 'error_type', op: '!=', value: '' } as const],
      ...serverErrorsIn(['http_response_status_code']).map((selection) => [
        { name: 'error_type', op: '=', value: '' } as const,
        ...selection,
      ]),
    ];
    queries.push({
      calls: named(scope.by('sum', scope.rate(CLIENT_METRIC), ['server_address'])),
      failed: named(scope.by('sum', scope.rateOfAny(CLIENT_METRIC, failures), ['server_address'])),
    });
  }
  if (request.metrics.has('traces_service_graph_request_total')) {
    const scope = createScope({ serviceLabels: ['client'], window: request.window });
    const sumOf = (metric: string): string => `sum by (client, server) (${scope.rate(metric)})`;
    queries.push({
      calls: sumOf('traces_service_graph_request_total'),
      failed: sumOf('traces_service_graph_request_failed_total'),
    });
  }
  return queries;
}

const named = (vector: string): string =>
  `label_replace(label_replace(${vector}, "client", "$1", "service", "(.*)"), "server", "$1", "server_address", "(.*)")`;
