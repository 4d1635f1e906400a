import type { ThresholdView } from '../../../src/api/thresholds.ts';
import type { Json } from '../../../src/core/json.ts';
import { formatDuration } from '../../../src/core/units.ts';
import type { Threshold, ThresholdSpec } from '../../../src/core/thresholds/threshold.ts';

export function thresholdView({ namespace: _namespace, ...shown }: Threshold): ThresholdView {
  return { ...shown, labels: { ...shown.labels }, signal: copySignal(shown.signal) };
}

export const specView = (spec: ThresholdSpec) => ({
  ...spec,
  labels: { ...spec.labels },
  signal: copySignal(spec.signal),
});

const copySignal = (signal: ThresholdSpec['signal']): ThresholdView['signal'] =>
  typeof signal === 'string' ? signal : { ...signal };

/** For the audit trail. */
export function specFacts(spec: ThresholdSpec): Json {
  return { ...spec, signal: copySignal(spec.signal), for: formatDuration(spec.for) };
}
