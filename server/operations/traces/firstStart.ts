import type { SearchedTrace } from '../../../src/core/evidence/evidence.ts';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';

/** When the oldest of the traces began; undefined where there is none. */
export const firstStart = (traces: ReadonlyArray<Pick<SearchedTrace, 'startedAt'>>): EpochMs | undefined =>
  traces.length === 0 ? undefined : epochMs(Math.min(...traces.map(({ startedAt }) => startedAt)));
