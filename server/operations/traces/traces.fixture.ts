import { systemClock } from '../../clock.ts';
import { json, plain, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { openSource } from '../../sources/openSource.ts';
import type { Source } from '../../sources/source.ts';

export const openTempo = ({ url }: Pick<FakeStore, 'url'>): Source =>
  openSource(
    {
      ...{ namespace: 'default', id: 'tempo', kind: 'tempo', name: 'Tempo', url },
      ...{ tenant: '', token: '', builtIn: true },
    },
    { clock: systemClock }
  ).source;

/** What Tempo 2.10 answers for a trace. */
export const tempoTrace = (trace: unknown, besides: Readonly<Record<string, unknown>> = {}): Answer =>
  json({ trace, metrics: {}, ...besides });

/** Its settings, where it keeps traces for a day. */
export const keepsOneDay: Answer = plain(
  'GET /status/config\n---\ncompactor:\n  compaction:\n    block_retention: 24h0m0s\n'
);

/** What it answers for one that it does not have: the first API says 404, with nothing in it. */
export const noTrace: Answer = (seen, response) =>
  (seen.path.startsWith('/api/v2/') ? json({ trace: {}, metrics: {} }) : plain('', { status: 404 }))(seen, response);
