import type { DataFrame } from '@grafana/data';

/** One trace of a search result. */
export interface ListedTrace {
  readonly traceId: string;
  readonly service: string;
  readonly operation: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Spans that failed; null where the frame does not say. */
  readonly errors: number | null;
}

/** Columns as Tempo's data source names them, which ours follows; the panel takes either. */
const NEEDED = ['traceID', 'startTime', 'traceService', 'traceName', 'traceDuration'] as const;

export const isTraceList = (frame: DataFrame): boolean =>
  NEEDED.every((name) => frame.fields.some((field) => field.name === name));

/** The traces of all such frames, each once, as they come. */
export function readTraceList(frames: readonly DataFrame[]): readonly ListedTrace[] {
  const rows = frames.filter(isTraceList).flatMap(rowsOf);
  return [...new Map(rows.map((row) => [row.traceId, row])).values()];
}

function rowsOf(frame: DataFrame): ListedTrace[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  const text = (name: string, row: number): string => String(columns.get(name)?.[row] ?? '');
  const number = (name: string, row: number): number => Number(columns.get(name)?.[row] ?? 0) || 0;
  return Array.from({ length: frame.length }, (_, row) => ({
    traceId: text('traceID', row),
    service: text('traceService', row),
    operation: text('traceName', row),
    startedAt: number('startTime', row),
    durationMs: number('traceDuration', row),
    errors: columns.has('errors') ? number('errors', row) : null,
  })).filter(({ traceId }) => traceId !== '');
}
