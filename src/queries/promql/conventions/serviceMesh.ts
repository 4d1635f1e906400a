import type { Matcher } from '../../../core/matchers.ts';
import type { Convention } from '../convention.ts';
import { counterSources, latencySources, serverErrorsIn } from '../requestSources.ts';

/** Both sides of a call report it; only the receiving one is counted. */
const RECEIVED: readonly Matcher[] = [{ name: 'reporter', op: '=~', value: 'destination|waypoint' }];

export const istio: Convention = {
  name: 'Istio',
  serviceLabels: ['destination_service_name'],
  sources: [
    // Code 0 is a request that ended without an answer.
    ...counterSources('istio_requests_total', serverErrorsIn(['response_code'], '5..|0'), RECEIVED),
    ...latencySources({ metric: 'istio_request_duration_milliseconds', scale: 0.001, only: RECEIVED }),
  ],
};
