import { WARNING_NAMES } from '../../core/evidence/logLevel.ts';
import { quote } from '../promql/selector.ts';

export interface LogLinesQuery {
  /** Value of the label `service_name`: what OpenTelemetry sets, and Loki finds by itself where it is missing. */
  readonly service: string;
  /** `warning`: of this level and above, by the label that the sender set or the level that Loki detected. */
  readonly levels: 'warning' | 'all';
}

/** LogQL takes strings as PromQL does. */
const WARNINGS = quote(`(?i)(${WARNING_NAMES.join('|')})`);

/** LogQL for the log lines of one service. */
export function buildLogLinesQuery({ service, levels }: LogLinesQuery): string {
  const stream = `{service_name=${quote(service)}}`;
  return levels === 'all' ? stream : `${stream} | detected_level=~${WARNINGS} or level=~${WARNINGS}`;
}
