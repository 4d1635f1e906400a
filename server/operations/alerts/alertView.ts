import type { AlertView, TransitionView } from '../../../src/api/alerts.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { StoredTransition } from '../../store/store.ts';

/** An alert as it is answered: what the engine keeps for itself (namespace, timers) left out. */
export function alertView(alert: Alert): AlertView {
  const { namespace: _namespace, timers: _timers, traceparent, ...shown } = alert;
  return {
    ...shown,
    ...(traceparent === undefined ? {} : { traceId: traceparent.split('-')[1] ?? '' }),
    labels: { ...shown.labels },
    annotations: { ...shown.annotations },
    suppressedBy: shown.suppressedBy.map((suppression) => ({ ...suppression })),
  };
}

export const transitionView = (transition: StoredTransition): TransitionView => ({
  ...transition,
  detail: { ...transition.detail },
});
