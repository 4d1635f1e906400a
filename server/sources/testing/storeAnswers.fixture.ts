import type { EpochMs } from '../../../src/core/units.ts';
import { json, type Answer } from '../fakeStore.fixture.ts';

export interface FakeLine {
  /** Epoch ms, and the nanoseconds behind it. */
  readonly at: number;
  readonly nanoseconds?: string;
  readonly line: string;
}

/** Log lines as Loki 3 answers them: per stream, newest or oldest first within it, metadata joined to the labels. */
export const lokiStreams = (
  streams: ReadonlyArray<readonly [labels: Readonly<Record<string, string>>, lines: readonly FakeLine[]]>
): Answer =>
  json({
    status: 'success',
    data: {
      resultType: 'streams',
      result: streams.map(([stream, lines]) => ({
        stream,
        values: lines.map(({ at, nanoseconds = '000000', line }) => [`${at}${nanoseconds}`, line]),
      })),
      stats: { summary: { bytesProcessedPerSecond: 1, execTime: 0.001 }, querier: {}, ingester: {} },
    },
  });

export interface FakeTrace {
  readonly id: string;
  readonly at: EpochMs;
  readonly ms: number;
  readonly service?: string;
  readonly name?: string;
  /** Spans, and failed spans, by service. */
  readonly stats?: Readonly<Record<string, { readonly spanCount: number; readonly errorCount?: number }>>;
  readonly status?: 'error' | 'unset';
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Traces as Tempo 2.10 answers a search: the span set stands there twice, and zeros before an id are left out. */
export const tempoTraces = (traces: readonly FakeTrace[]): Answer =>
  json({
    traces: traces.map(({ id, at, ms, service = 'checkout', name, stats, status = 'unset' }) => {
      const startTimeUnixNano = `${at}000123`;
      const attributes = [text('service.name', service), text('status', status)];
      const spans = [{ spanID: '4111111111111112', startTimeUnixNano, durationNanos: `${ms}000000`, attributes }];
      const spanSet = { spans, matched: 1 };
      return {
        ...{
          traceID: id.replace(/^0+/, ''),
          rootServiceName: service,
          startTimeUnixNano,
          spanSet,
          spanSets: [spanSet],
        },
        ...(name === undefined ? {} : { rootTraceName: name }),
        ...(ms === 0 ? {} : { durationMs: ms }),
        ...(stats === undefined ? {} : { serviceStats: stats }),
      };
    }),
    metrics: { inspectedBytes: '22040', completedJobs: 2, totalJobs: 2 },
  });
