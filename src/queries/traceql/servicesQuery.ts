import { quote } from '../promql/selector.ts';

/** TraceQL for traces in which a span is of one of the services; of any where there are none. Strings are Go's, as in PromQL. */
export const buildServicesQuery = (services: readonly string[]): string =>
  services.length === 0
    ? '{}'
    : `{ ${services.map((service) => `resource.service.name = ${quote(service)}`).join(' || ')} }`;
