import { ANY_SERVICE, type Threshold, type ThresholdSignal } from './threshold.ts';

const sameSignal = (a: ThresholdSignal, b: ThresholdSignal): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : a.expr === b.expr;

/**
 * The threshold in force for a service and a signal: its own, else the default. One that is disabled still overrides: that is how a
 * service is taken out of a default.
 */
export function resolveThreshold(
  thresholds: readonly Threshold[],
  { service, signal }: Pick<Threshold, 'service' | 'signal'>
): Threshold | undefined {
  const ofSignal = thresholds.filter((threshold) => sameSignal(threshold.signal, signal));
  return (
    ofSignal.find((threshold) => threshold.service === service) ??
    ofSignal.find((threshold) => threshold.service === ANY_SERVICE)
  );
}

/** Services that have a threshold of their own for a default's signal, sorted; disabled ones too. */
export function overridesOf(
  thresholds: readonly Threshold[],
  { service, signal }: Pick<Threshold, 'service' | 'signal'>
): readonly string[] {
  if (service !== ANY_SERVICE || typeof signal !== 'string') {
    return [];
  }
  return thresholds
    .filter((threshold) => threshold.service !== ANY_SERVICE && threshold.signal === signal)
    .map((threshold) => threshold.service)
    .toSorted();
}
