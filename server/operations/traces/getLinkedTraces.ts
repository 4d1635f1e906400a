import * as contract from '../../../src/api/traceAnalysis.ts';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import {
  downstreamLinks,
  outwardLinks,
  startBetween,
  upstreamLink,
  type WorkLink,
} from '../../../src/core/traces/links/joinLinks.ts';
import { operationOf, serviceOf } from '../../../src/core/traces/spanFields.ts';
import { SPAN_STATUSES, type Trace } from '../../../src/core/traces/trace.ts';
import { addMs, epochMs, hours, minutes } from '../../../src/core/units.ts';
import { buildLinkedTracesQuery } from '../../../src/queries/traceql/linkedTracesQuery.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import { query } from '../operation.ts';
import { requireTempo } from './findTempo.ts';
import { requireTraceId, windowOf } from './getTrace.ts';
import { loadTraceSet, type LoadedTraceSet, type SetCall } from './loadTraceSet.ts';
import { readTraceOf, type WantedTrace } from './readTraceOf.ts';
import { endOf, startOf } from './settled.ts';

/** Traces that are read in each direction. */
const MOST_TRACES = 30;
const MOST_LINKS = 200;
/** How long work may wait in a queue before it is taken. */
const LONGEST_WAIT = hours(6);
/** Of a link beyond those that are read. */
const NOT_READ = `Only ${MOST_TRACES} linked traces are read.`;
const ERROR = SPAN_STATUSES.indexOf('error');

export const getLinkedTraces = query(contract.getLinkedTraces, async (deps, call, { traceId: given, from, to }) => {
  const traceId = requireTraceId(given);
  const window = windowOf(from, to);
  const trace = await requireTrace(deps, call, { traceId, ...(window === undefined ? {} : { window }) });
  const [upstream, downstream] = await Promise.all([
    upstreamOf(deps, call, trace),
    loadTraceSet(deps, call, {
      query: buildLinkedTracesQuery(traceId),
      ...downstreamWindow(trace, call.now),
      limit: MOST_TRACES,
    }),
  ]);
  const before = upstream.links;
  const after = downstream.traces.flatMap((other) => downstreamLinks(trace, other));
  const read = new Map([...upstream.loaded.traces, ...downstream.traces].map((one) => [one.traceId, one]));
  const items = [...before, ...after].map((link): contract.LinkedTraceView => {
    const other = read.get(link.traceId);
    return {
      ...link,
      trace: other === undefined ? null : { ...summaryOf(other), startNs: startBetween(trace, other) },
      unread: other === undefined ? (upstream.loaded.unread.get(link.traceId) ?? NOT_READ) : null,
    };
  });
  return {
    items: items.toSorted(byDirectionAndStart).slice(0, MOST_LINKS),
    more: upstream.more || downstream.used.more || items.length > MOST_LINKS,
    problem: problemOf(upstream.loaded, downstream),
  };
});

/** @throws EngineError `not_found`, `source_failed`, or `unavailable` without a Tempo */
async function requireTrace(deps: Deps, { identity, now, signal }: SetCall, one: WantedTrace): Promise<Trace> {
  const tempo = requireTempo(deps, identity.namespace, 'the traces that are linked to this one');
  const answer = await readTraceOf(deps, { tempo, one, now, signal });
  if ('failed' in answer) {
    throw new EngineError(answer.isMissing ? 'not_found' : 'source_failed', answer.failed);
  }
  return answer.trace;
}

interface Upstream {
  readonly links: readonly WorkLink[];
  readonly loaded: LoadedTraceSet;
  readonly more: boolean;
}

async function upstreamOf(deps: Deps, call: SetCall, trace: Trace): Promise<Upstream> {
  const links = outwardLinks(trace);
  const ids = [...new Set(links.map(({ traceId }) => traceId))];
  const wanted = ids.slice(0, MOST_TRACES);
  const loaded = await loadTraceSet(deps, call, { traceIds: wanted });
  const read = new Map(loaded.traces.map((one) => [one.traceId, one]));
  return {
    loaded,
    links: links.map((link) => upstreamLink(trace, link, read.get(link.traceId))),
    more: ids.length > wanted.length,
  };
}

/** What a trace sets off begins after it has begun. */
function downstreamWindow(trace: Trace, now: SetCall['now']): TimeWindow {
  const latest = Math.min(now, addMs(endOf(trace), LONGEST_WAIT));
  const from = epochMs(startOf(trace) - minutes(1));
  return { from, to: epochMs(Math.max(from, latest)) };
}

function summaryOf(trace: Trace) {
  const root = trace.roots[0] ?? 0;
  return {
    rootService: serviceOf(trace, root),
    rootName: operationOf(trace, root),
    startedAt: startOf(trace),
    durationNs: trace.durationNs,
    spans: trace.size,
    errors: trace.status.reduce((count, status) => count + (status === ERROR ? 1 : 0), 0),
  };
}

const DIRECTIONS = ['upstream', 'downstream'];

const byDirectionAndStart = (a: contract.LinkedTraceView, b: contract.LinkedTraceView): number =>
  DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction) ||
  (a.trace?.startedAt ?? 0) - (b.trace?.startedAt ?? 0);

function problemOf(upstream: LoadedTraceSet, downstream: LoadedTraceSet): string | null {
  const sentences = [
    upstream.used.problem === null ? '' : `Before it: ${upstream.used.problem}`,
    downstream.used.problem === null ? '' : `After it: ${downstream.used.problem}`,
  ].filter((sentence) => sentence !== '');
  return sentences.length === 0 ? null : sentences.join(' ');
}
