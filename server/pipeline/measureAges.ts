import type { Sample } from '../../src/core/series.ts';
import { ageAt } from '../../src/core/signals/age.ts';
import type { AgeSignal } from '../../src/core/signals/catalogue.ts';
import { describeSignal } from '../../src/core/thresholds/explain.ts';
import { EngineError } from '../errors.ts';
import type { EvaluatorDeps } from './evaluatorDeps.ts';

/** A source that did not answer once is asked again; after this many times the ages are no longer what they were. */
const MISSED_ASKINGS = 3;

/**
 * Ages of the newest data of every service, from what discovery found.
 *
 * @returns undefined where there is no such source, or none that ever answered: then nothing is known
 * @throws EngineError `source_failed` when nobody heard of the source for a while
 */
export function measureAges(
  { discovery, clock }: Pick<EvaluatorDeps, 'discovery' | 'clock'>,
  namespace: string,
  signal: AgeSignal
): readonly Sample[] | undefined {
  const newest = discovery.newest(namespace, signal);
  if (newest === undefined) {
    return undefined;
  }
  const { askedAt, every, byService } = newest;
  if (clock.now() - askedAt > MISSED_ASKINGS * every) {
    const since = new Date(askedAt).toISOString();
    throw new EngineError(
      'source_failed',
      `${describeSignal(signal)} is not known: its source last answered at ${since}`
    );
  }
  return [...byService].map(([service, at]) => ({ labels: { service }, at: askedAt, value: ageAt(at, askedAt) }));
}
