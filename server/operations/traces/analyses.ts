import { setImmediate } from 'node:timers/promises';
import * as contract from '../../../src/api/traceAnalysis.ts';
import { createServiceCalls } from '../../../src/core/traces/calls/serviceCalls.ts';
import { cutPaths } from '../../../src/core/traces/cutPaths.ts';
import { createErrorGroups, type ErrorGroup } from '../../../src/core/traces/errors/errorGroups.ts';
import { mergePaths } from '../../../src/core/traces/mergePaths.ts';
import { operationTimes } from '../../../src/core/traces/operationTimes.ts';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { epochMs, minutes, seconds, sinceMs, type EpochMs } from '../../../src/core/units.ts';
import { buildTraceFilterQuery } from '../../../src/queries/traceql/traceFilterQuery.ts';
import { query } from '../operation.ts';
import { inTurns } from './inTurns.ts';
import { loadTraceSet, type LoadedTraceSet } from './loadTraceSet.ts';
import { requireWindow } from './requireWindow.ts';
import { withClocksRight } from './withClocksRight.ts';
import { withRooms } from './withRooms.ts';

/** More than a flame graph can show and a browser wants. */
const MOST_PATHS = 2000;
const MOST_ROWS = 500;

export const analyzeTraces = query(contract.analyzeTraces, async (deps, call, { set }) => {
  if ('query' in set) {
    requireWindow(set, 'set.to');
  }
  const loaded = await loadTraceSet(deps, call, set);
  const { traces, clocksSet } = await withClocksRight(loaded.traces, call.signal);
  const operations = await withRooms(traces, operationTimes(traces).slice(0, MOST_ROWS), call.signal);
  // Others wait for the event loop too.
  await setImmediate();
  call.signal.throwIfAborted();
  const { paths, leftOut } = cutPaths(mergePaths(traces).paths, MOST_PATHS);
  return {
    ...ofSet(loaded),
    clocksSet,
    operations,
    paths: [...paths],
    pathsLeftOut: leftOut,
  };
});

export const listTraceErrors = query(contract.listTraceErrors, async (deps, call, { service, from, to, limit }) => {
  requireWindow({ from, to });
  const asked = buildTraceFilterQuery({ service, status: 'error' });
  const loaded = await loadTraceSet(deps, call, { query: asked, from, to, limit });
  const found = createErrorGroups(service);
  await inTurns(loaded.traces, call.signal, (trace) => found.add(trace));
  const groups = found.groups().slice(0, MOST_ROWS);
  const ratesSince = beginOf(loaded, from);
  return { ...ofSet(loaded), items: groups.map((group) => errorView(group, { from: ratesSince, to })), ratesSince };
});

/** Tempo gives the newest first: where there are more, or some were not read, little was seen of the time before the oldest that was. */
function beginOf({ traces, used }: LoadedTraceSet, from: EpochMs): EpochMs {
  const oldest = Math.min(...traces.map(({ epochNs }) => Number(epochNs / 1_000_000n)));
  return (used.more || used.failed > 0) && Number.isFinite(oldest) ? epochMs(Math.max(from, oldest)) : from;
}

function errorView(group: ErrorGroup, { from, to }: TimeWindow): contract.ErrorGroupView {
  const length = Math.max(seconds(1), sinceMs(from, to)) / minutes(1);
  return { ...group, versions: [...group.versions], perMinute: group.count / length };
}

export const listServiceCalls = query(contract.listServiceCalls, async (deps, call, { name, from, to, limit }) => {
  requireWindow({ from, to });
  const asked = buildTraceFilterQuery({ service: name });
  const loaded = await loadTraceSet(deps, call, { query: asked, from, to, limit });
  const tally = createServiceCalls(name);
  await inTurns(loaded.traces, call.signal, (trace) => tally.add(trace));
  const { calls, requests, requestsNs } = tally.result();
  return { ...ofSet(loaded), items: calls.slice(0, MOST_ROWS), requests, requestsNs };
});

const ofSet = ({ used, query: asked, window }: LoadedTraceSet) => ({ used, query: asked, window });
