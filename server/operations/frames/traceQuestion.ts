import type { LoadedTraceSet } from '../traces/loadTraceSet.ts';
import { buildServicesQuery } from '../../../src/queries/traceql/servicesQuery.ts';
import { EngineError } from '../../errors.ts';
import { describeNotKept } from '../system/noLongerKept.ts';
import { warning, type Notice } from './buildFrame.ts';

/** The query that was written, else one for the services; empty fields of an editor count as absent. */
export function traceQlOf({
  traceql = '',
  services = [],
}: {
  readonly traceql?: string | undefined;
  readonly services?: readonly string[] | undefined;
}): string {
  return traceql.trim() === '' ? buildServicesQuery(services) : traceql;
}

/** What a set says about itself, for the corner of a panel; throws where nothing of it could be had, with the reason. */
export function noticesOfSet({ used }: LoadedTraceSet): readonly Notice[] {
  if (used.traces === 0 && used.problem !== null) {
    throw new EngineError('source_failed', used.problem);
  }
  return [
    ...(used.more ? [warning(`Of the first ${used.traces} traces that were found; there may be more.`)] : []),
    ...(used.problem === null ? [] : [warning(used.problem)]),
    ...(used.notKept === null ? [] : [warning(describeNotKept(used.notKept))]),
  ];
}
