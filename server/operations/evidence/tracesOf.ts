import type { FoundTrace, TraceEvidence } from '../../../src/core/evidence/evidence.ts';
import { evidenceWindows } from '../../../src/core/evidence/windows.ts';
import { buildBadTracesQuery } from '../../../src/queries/traceql/badTracesQuery.ts';
import type { Deps } from '../../deps.ts';
import { noLongerKept } from '../system/noLongerKept.ts';
import { askInTime, PART_MS, untilFound } from './askInTime.ts';
import { unaskable, type Subject } from './subject.ts';

const MOST_TRACES = 10;
/** The traces wait for it, so it gets less. */
const P95_MS = 2000;

/** Failed first, then the slowest. */
const byHarm = (a: FoundTrace, b: FoundTrace): number =>
  Math.sign(b.failedIn.length) - Math.sign(a.failedIn.length) || b.durationMs - a.durationMs;

/** Traces around the moment in which a span of the service failed or was slow. */
export async function tracesOf(deps: Deps, subject: Subject): Promise<TraceEvidence> {
  const { namespace, service, at, now, signal } = subject;
  const windows = evidenceWindows(at, now);
  const tempo = deps.sources.tempo(namespace);
  const brings = `the failed and slow traces of ${service === '' ? 'that time' : `${service} at that time`}`;
  const problem = unaskable(subject, { kind: 'Tempo', configured: tempo !== undefined, brings });
  if (problem !== null || tempo === undefined) {
    return { items: [], slowerThan: subject.slowerThan, more: false, query: null, window: windows[0], problem };
  }
  const slowerThan = subject.slowerThan ?? (await p95Of(deps, subject));
  const query = buildBadTracesQuery({ service, slowerThan });
  const inTime = { clock: deps.clock, signal, ms: PART_MS, who: 'Tempo' };
  const { attempt, items, failed } = await untilFound(windows, inTime, (window, limited) =>
    tempo.search(query, { ...window, limit: MOST_TRACES, signal: limited })
  );
  const gone =
    items.length > 0 || failed !== null ? null : await noLongerKept(tempo, { from: attempt.from, now, signal });
  return {
    items: items.toSorted(byHarm).slice(0, MOST_TRACES),
    slowerThan,
    more: items.length >= MOST_TRACES,
    query,
    window: attempt,
    problem: failed === null ? gone : `${failed} Failed and slow traces of ${service} are missing here.`,
  };
}

/** What was slow for the service then: one in twenty requests took longer. Null where nothing tells. */
async function p95Of(deps: Deps, { namespace, service, at, now, signal }: Subject): Promise<number | null> {
  const prometheus = deps.sources.prometheus(namespace);
  const expr = deps.discovery.signalExpr(namespace, 'latency_p95', service);
  if (prometheus === undefined || expr === undefined) {
    return null;
  }
  const inTime = { clock: deps.clock, signal, ms: P95_MS, who: 'Prometheus' };
  const moment = at > now ? now : at;
  const answered = await askInTime(inTime, (limited) => prometheus.instant(expr, { at: moment, signal: limited }));
  const value = 'answer' in answered ? answered.answer[0]?.value : undefined;
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}
