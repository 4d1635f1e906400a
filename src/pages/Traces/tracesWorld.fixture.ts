import type { OutputOf } from '../../api/operation.ts';
import { analyzeTraces, listServiceCalls, listTraceErrors } from '../../api/traceAnalysis.ts';
import {
  listTraceAttributes,
  listTraceAttributeValues,
  searchTraces,
  type FoundTraceView,
  type TraceSetUsed,
} from '../../api/traces.ts';
import { splitTexts } from '../../core/textList.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine } from '../../host/fakeEngine.fixture.tsx';

export const NOW = epochMs(Date.parse('2026-11-25T12:00:00Z'));
const HOUR = 3_600_000;

/** What an address says, without a host. */
export function paramsOf(search: string) {
  const all = new URLSearchParams(search);
  return {
    get: (name: string) => all.get(name) ?? undefined,
    list: (name: string) => splitTexts(all.get(name) ?? ''),
  };
}

/** A found trace; `id` in short, times in epoch ms. */
export function found(
  id: string,
  { startedAt = NOW - 60_000, ...besides }: Partial<Omit<FoundTraceView, 'startedAt'>> & { startedAt?: number } = {}
): FoundTraceView {
  return {
    ...{ traceId: id.padStart(32, '0'), rootService: 'storefront', rootName: `GET /${id}`, durationMs: 20 },
    ...{ failedIn: [], services: [{ service: 'storefront', spans: 6, errors: 0 }], matched: 1 },
    startedAt: epochMs(startedAt),
    ...besides,
  };
}

/** Three traces, of which one failed and one is slow. */
export const THREE: readonly FoundTraceView[] = [
  found('a1', { startedAt: NOW - 50 * 60_000, durationMs: 12 }),
  found('b2', { startedAt: NOW - 30 * 60_000, durationMs: 2500, rootName: 'POST /checkout' }),
  found('c3', { startedAt: NOW - 10 * 60_000, durationMs: 80, failedIn: ['payments'] }),
];

export const used = (traces: number, besides: Partial<TraceSetUsed> = {}): TraceSetUsed => ({
  ...{ traces, spans: 6 * traces, more: false, cut: 0, failed: 0, problem: null, notKept: null },
  ...besides,
});

export const ofSet = (traces: number, besides: Partial<TraceSetUsed> = {}) => ({
  used: used(traces, besides),
  query: '{ }',
  window: { from: epochMs(NOW - HOUR), to: NOW },
});

export const searched = (
  items: readonly FoundTraceView[] = THREE,
  besides: Partial<OutputOf<typeof searchTraces>> = {}
): OutputOf<typeof searchTraces> => ({
  ...{ items: [...items], query: '{ }', more: false, problem: null, notKept: null },
  ...besides,
});

const times = { p50: 1e6, p95: 2e6, p99: 3e6 };
const pathTime = { sumNs: 5e6, p50Ns: 1e6, p95Ns: 2e6 };

export const analysis: OutputOf<typeof analyzeTraces> = {
  ...ofSet(3),
  clocksSet: 0,
  operations: [
    {
      ...{ service: 'payments', operation: 'charge', count: 3, errors: 1, traces: 3, totalNs: 6e6, selfNs: 5e6 },
      ...{ criticalNs: 5e6, pathShare: 0.5, durationNs: times, criticalPerTraceNs: times },
      ...{ slackNs: 0, savesNs: 2e6 },
    },
  ],
  paths: [
    {
      ...{ service: 'payments', operation: 'charge', parent: -1, depth: 0, subtreeEnd: 1, count: 3, errors: 1 },
      ...{ traces: 3, total: pathTime, self: pathTime, critical: pathTime },
    },
  ],
  pathsLeftOut: 0,
};

const example = { traceId: 'c3'.padStart(32, '0'), spanId: '00f067aa0ba902b7' };

export const errors: OutputOf<typeof listTraceErrors> = {
  ...ofSet(3),
  ratesSince: epochMs(NOW - HOUR),
  items: [
    {
      ...{ type: 'UpstreamError', template: 'card <*> was refused', message: 'card 4 was refused' },
      ...{ service: 'payments', operation: 'charge', count: 4, traces: 3, perMinute: 0.0667, versions: ['1.1.0'] },
      ...{ firstSeenAt: epochMs(NOW - HOUR / 2), lastSeenAt: NOW, example },
    },
  ],
};

export const calls: OutputOf<typeof listServiceCalls> = {
  ...ofSet(3),
  items: [
    {
      ...{ kind: 'database', system: 'postgresql', target: 'orders', name: 'SELECT * FROM orders WHERE id = ?' },
      ...{ count: 12, traces: 3, errors: 1, p50Ns: 2e6, p95Ns: 9e6, totalNs: 40e6, share: 0.25, example },
    },
  ],
  requests: 3,
  requestsNs: 160e6,
};

const VALUES: Readonly<Record<string, string[]>> = {
  'resource.service.name': ['checkout', 'payments'],
  name: ['charge'],
  'span.http.route': ['/cart', '/orders'],
};

/** An engine with a Tempo that has three traces. */
export const world = () =>
  fakeEngine('viewer')
    .on(searchTraces, () => searched())
    .on(listTraceAttributes, () => ({ items: [{ scope: 'span' as const, key: 'http.route' }], problem: null }))
    .on(listTraceAttributeValues, ({ attribute }) => ({
      items: VALUES[attribute] ?? [],
      problem: null,
    }))
    .on(analyzeTraces, () => analysis)
    .on(listTraceErrors, () => errors)
    .on(listServiceCalls, () => calls);
