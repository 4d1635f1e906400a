import { epochMs, type EpochMs } from '../core/units.ts';
import type { EvidenceView } from './evidence.ts';

export const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** What stands in an answer about checkout around a moment, each part changed as told. */
export function evidence(
  at: EpochMs,
  change: { readonly [Part in 'deploys' | 'logs' | 'traces']?: Partial<EvidenceView[Part]> } = {}
): EvidenceView {
  const after = (ms: number): EpochMs => epochMs(at + ms);
  const window = { from: after(-30_000), to: after(30_000) };
  const failed = `{"level":"error","msg":"order 1 failed","trace_id":"${TRACE_ID}"}`;
  return {
    service: 'checkout',
    at,
    deploys: {
      items: [{ at: after(-60_000), version: '1.1.0', previous: ['1.0.0'] }],
      versions: ['1.0.0', '1.1.0'],
      query: 'build_info',
      window: { from: after(-10_800_000), to: after(3_600_000) },
      problem: null,
      ...change.deploys,
    },
    logs: {
      items: [
        { at: after(120), level: 'error', message: 'order 1 failed', line: failed, cut: 0, traceId: TRACE_ID },
        { at: after(340), level: 'error', message: 'order 2 failed', line: 'order 2 failed', cut: 0, traceId: null },
        { at: after(560), level: 'warning', message: 'retrying', line: 'retrying', cut: 1200, traceId: null },
      ],
      patterns: [{ pattern: 'order <*> failed', count: 2, level: 'error' }],
      levels: 'warning',
      order: 'oldest_first',
      more: false,
      query: '{service_name="checkout"} | level="error"',
      window,
      problem: null,
      ...change.logs,
    },
    traces: {
      items: [
        {
          traceId: TRACE_ID,
          rootName: 'POST /checkout',
          rootService: 'storefront',
          startedAt: after(100),
          durationMs: 1500,
          failedIn: ['checkout', 'payments'],
        },
        {
          traceId: 'a'.repeat(32),
          rootName: '',
          rootService: '',
          startedAt: after(200),
          durationMs: 900,
          failedIn: [],
        },
      ],
      slowerThan: 0.3,
      more: false,
      query: '{ status = error }',
      window,
      problem: null,
      ...change.traces,
    },
    windowFrom: window.from,
    windowTo: window.to,
  };
}

const NOTHING = { items: [], more: false, query: null };

/** The answer where neither Loki nor Tempo is configured, and no version is told. */
export const noEvidence = (at: EpochMs): EvidenceView =>
  evidence(at, {
    deploys: { items: [], versions: [], query: null, problem: 'No metric shows the version of checkout.' },
    logs: { ...NOTHING, patterns: [], problem: 'No Loki is configured for this namespace.' },
    traces: { ...NOTHING, problem: 'No Tempo is configured for this namespace.' },
  });
