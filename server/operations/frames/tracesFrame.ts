import { TRACE_COLUMNS } from '../../../src/api/frames.ts';
import type { SearchedTrace } from '../../../src/core/evidence/evidence.ts';
import { requireTempo } from '../traces/findTempo.ts';
import { firstStart } from '../traces/firstStart.ts';
import { noLongerKept } from '../system/noLongerKept.ts';
import { buildFrame, linkToTrace, tableMeta, warning } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';
import { numbers, texts, times, type ColumnOf } from './tableColumns.ts';
import { traceQlOf } from './traceQuestion.ts';

const DEFAULT_LIMIT = 100;

const COLUMNS: Readonly<Record<(typeof TRACE_COLUMNS)[number], ColumnOf<SearchedTrace>>> = {
  traceID: texts(({ traceId }) => traceId, { displayName: 'Trace', links: linkToTrace('traceID') }),
  startTime: times(({ startedAt }) => startedAt, { displayName: 'Start' }),
  traceService: texts(({ rootService }) => rootService, { displayName: 'Service' }),
  traceName: texts(({ rootName }) => rootName, { displayName: 'Operation' }),
  traceDuration: numbers(({ durationMs }) => durationMs, { displayName: 'Duration', unit: 'ms' }),
  spans: numbers(({ services }) => services.reduce((sum, { spans }) => sum + spans, 0), { displayName: 'Spans' }),
  errors: numbers(({ services }) => services.reduce((sum, { errors }) => sum + errors, 0), { displayName: 'Errors' }),
  services: texts(({ services }) => services.map(({ service }) => service).join(', '), { displayName: 'Services' }),
};

/** Traces that a search finds within the range, newest first. */
export const tracesFrame: FrameSource<'traces'> = {
  isTable: true,
  async answer({ deps, namespace, refId, from, to, now, signal }, asked) {
    const { limit = DEFAULT_LIMIT } = asked;
    const tempo = requireTempo(deps, namespace, 'its traces');
    const found = await tempo.search(traceQlOf(asked), { from, to, limit, signal });
    const rows = found.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, limit);
    // The newest of many say nothing of what is old.
    const note =
      found.length >= limit
        ? `Tempo may have more traces than these ${limit}: raise the limit, or filter.`
        : await noLongerKept(tempo, { from, now, signal, found: firstStart(found) });
    const notices = note === null ? [] : [warning(note)];
    return [
      buildFrame(
        { refId, name: 'traces', meta: tableMeta(notices) },
        TRACE_COLUMNS.map((name) => COLUMNS[name](name, rows))
      ),
    ];
  },
};
