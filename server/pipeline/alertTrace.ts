import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Step } from '../../src/core/alerts/episode.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { NewJob } from '../store/jobRepository.ts';
import { childOf, type AlertSpan, type Tracing } from '../tracing.ts';

/** What a commit did to alerts of one namespace. */
export interface Committed {
  readonly steps: readonly Step[];
  /** The notifications that follow. */
  readonly jobs: readonly NewJob[];
  readonly startAt: EpochMs;
}

/** How the pipeline gives alerts a trace, and tells it what happened. */
export interface AlertTrace {
  readonly begin: Tracing['begin'];
  note(committed: Committed): void;
}

/** Every alert of `committed` that is traced gets its spans: the intake that began it, each transition, and where it was routed to. */
export function spansOf({ steps, jobs, startAt }: Committed, endAt: EpochMs): readonly AlertSpan[] {
  return steps.flatMap((step) => {
    const { alert, transitions, announce } = step;
    const { traceparent } = alert;
    if (traceparent === undefined) {
      return [];
    }
    const base = { startAt, endAt, kind: 'internal' as const, error: null };
    const under = { ...base, parent: traceparent };
    const begins = transitions[0]?.from === null;
    const receivers = jobs.filter(({ subject }) => subject === alert.id).map(({ queue }) => queue);
    return [
      ...(begins
        ? [
            {
              ...base,
              context: traceparent,
              parent: null,
              name: 'alert.intake',
              kind: 'consumer' as const,
              attributes: factsOf(alert),
            },
          ]
        : []),
      ...transitions.map(({ kind, from, to, severity, reason, actor }) => ({
        ...{ ...under, context: childOf(traceparent), name: `alert.transition ${kind}` },
        attributes: {
          ...factsOf(alert),
          ...{ 'pharos.from': from ?? '', 'pharos.to': to, 'pharos.severity': severity },
          ...{ 'pharos.reason': reason, 'pharos.actor': actor },
        },
      })),
      ...(announce === undefined
        ? []
        : [
            {
              ...{ ...under, context: childOf(traceparent), name: 'alert.route' },
              attributes: {
                ...factsOf(alert),
                'pharos.receivers': receivers.join(' '),
                'pharos.suppressed': alert.suppressedBy.length > 0,
              },
            },
          ]),
    ];
  });
}

/** What finds the trace of an alert again. */
export const factsOf = (alert: Alert): Readonly<Record<string, string>> => ({
  'pharos.alert.id': alert.id,
  'pharos.alert.source': alert.source,
  'pharos.namespace': alert.namespace,
  'pharos.service': alert.service,
  'pharos.summary': alert.summary,
});

/** Tells at once: for what is committed by somebody else's transaction, a moment later. */
export const traceAtOnce = (tracing: Tracing, now: () => EpochMs): AlertTrace => ({
  begin: tracing.begin,
  note: (committed) => tracing.record(spansOf(committed, now())),
});

/** Keeps what was noted until the transaction is committed; one that starts anew begins by `clear`. */
export function traceAfterCommit(tracing: Tracing, now: () => EpochMs): AlertTrace & { clear(): void; tell(): void } {
  let noted: Committed[] = [];
  return {
    begin: tracing.begin,
    note: (committed) => void noted.push(committed),
    clear: () => {
      noted = [];
    },
    tell: () => tracing.record(noted.flatMap((committed) => spansOf(committed, now()))),
  };
}
