import { ANY_SERVICE, type Threshold } from './threshold.ts';

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
