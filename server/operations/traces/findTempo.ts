import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { TempoSource } from '../../sources/source.ts';

/** The source of traces, or the sentence that says what one would bring. */
export type TempoOrProblem = { readonly tempo: TempoSource } | { readonly problem: string };

/** @param brings such as `traces that a query finds` */
export function findTempo(deps: Deps, namespace: string, brings: string): TempoOrProblem {
  const tempo = deps.sources.tempo(namespace);
  return tempo === undefined
    ? {
        problem: `No Tempo is configured for this namespace: with one, ${brings} would be shown here. An admin can add it under Settings, Sources.`,
      }
    : { tempo };
}

/** As `findTempo`, where nothing can be said without one. @throws EngineError `unavailable` */
export function requireTempo(deps: Deps, namespace: string, brings: string): TempoSource {
  const found = findTempo(deps, namespace, brings);
  if ('problem' in found) {
    throw new EngineError('unavailable', found.problem);
  }
  return found.tempo;
}
