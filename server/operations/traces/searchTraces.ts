import * as contract from '../../../src/api/traces.ts';
import type { SearchedTrace, TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { buildTraceFilterQuery } from '../../../src/queries/traceql/traceFilterQuery.ts';
import { messageOf } from '../../errors.ts';
import { query } from '../operation.ts';
import { findNotKept } from '../system/noLongerKept.ts';
import { findTempo } from './findTempo.ts';
import { requireWindow } from './requireWindow.ts';
import { spreadSearch } from './spreadSearch.ts';

/** Says in `problem` what the source has against the query: the words of its parser are the help that a writer of TraceQL needs. */
export const searchTraces = query(contract.searchTraces, async (deps, { identity, now, signal }, input) => {
  const { from, to, limit, pick } = input;
  requireWindow({ from, to });
  const asked = input.query ?? buildTraceFilterQuery(input.filter ?? {});
  const none = { items: [], query: asked, more: false, notKept: null };
  const found = findTempo(deps, identity.namespace, 'the traces that match');
  if ('problem' in found) {
    return { ...none, problem: found.problem };
  }
  try {
    const search = (part: TimeWindow, most: number) => found.tempo.search(asked, { ...part, limit: most, signal });
    const { items, more } =
      pick === 'spread'
        ? await spreadSearch({ window: { from, to }, limit }, search)
        : await search({ from, to }, limit).then((newest) => ({ items: newest, more: newest.length >= limit }));
    const newestFirst = items.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, limit);
    // The newest of many say nothing of what is old.
    const notKept =
      more && pick !== 'spread'
        ? null
        : await findNotKept(found.tempo, { from, now, signal, found: newestFirst.at(-1)?.startedAt });
    return { items: newestFirst.map(viewOf), query: asked, more, problem: null, notKept };
  } catch (error) {
    return { ...none, problem: messageOf(error) };
  }
});

const viewOf = (trace: SearchedTrace): contract.FoundTraceView => ({
  ...trace,
  failedIn: [...trace.failedIn],
  services: trace.services.map((one) => ({ ...one })),
});
