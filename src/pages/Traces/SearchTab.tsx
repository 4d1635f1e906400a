import { LinkButton, RadioButtonGroup, Stack } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { searchTraces } from '../../api/traces.ts';
import { joinTexts } from '../../core/textList.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useHost } from '../../host/HostContext.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { FoundTraces } from '../../ui/traces/found/FoundTraces.tsx';
import { describeFound, type FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import { LatencyPlot } from '../../ui/traces/found/LatencyPlot.tsx';
import type { DurationScale } from '../../ui/traces/found/plotScale.ts';
import { SearchForm } from './SearchForm.tsx';
import { Selection } from './Selection.tsx';
import { SORTS, sortTraces, sortOf } from './sortTraces.ts';
import type { TracesTabProps } from './Traces.tsx';
import { windowOf } from './traceSearch.ts';

const SCALES: ReadonlyArray<{ readonly label: string; readonly value: DurationScale }> = [
  { label: 'Log', value: 'log' },
  { label: 'Linear', value: 'linear' },
];

/** Traces that a search finds: in a sentence, in a plot of start by duration, and as a list. */
export function SearchTab({ search, onAgain }: TracesTabProps) {
  const { query, filter, limit } = search;
  const asked = useMemo(
    () => ({ ...windowOf(search), limit, ...(query === undefined ? { filter } : { query }) }),
    [search, limit, query, filter]
  );
  const found = useOperation(searchTraces, asked, { keepPrevious: true });
  const problem = found.data?.problem ?? null;
  return (
    <>
      <SearchForm search={search} problem={query === undefined ? null : problem} onAgain={onAgain} />
      <LoadState what="The traces" query={found} height={32} rows={8} />
      {found.data && (
        <Found
          traces={found.data.items}
          more={found.data.more}
          problem={problem}
          search={search}
          query={found.data.query}
        />
      )}
    </>
  );
}

interface FoundProps {
  readonly traces: readonly FoundTrace[];
  readonly more: boolean;
  readonly problem: string | null;
  readonly query: string;
  readonly search: TracesTabProps['search'];
}

function Found({ traces, more, problem, query, search }: FoundProps) {
  const { navigation } = useHost();
  const params = useQueryParams();
  const selected = useMemo(() => new Set(params.list('ids')), [params]);
  const { from, to } = windowOf(search);
  const onSelect = useCallback((ids: readonly string[]) => params.set({ ids: joinTexts(ids) }), [params]);
  const onOpen = useCallback((traceId: string) => navigation.go(`/traces/${traceId}`), [navigation]);
  const link = useCallback(
    ({ traceId }: FoundTrace, words: string) => <AppLink to={`/traces/${traceId}`}>{words}</AppLink>,
    []
  );
  const sort = sortOf(params.get('sort'));
  const sorted = useMemo(() => sortTraces(traces, sort), [traces, sort]);
  const scale: DurationScale = params.get('scale') === 'linear' ? 'linear' : 'log';
  if (traces.length === 0) {
    return <NothingFound problem={problem} query={query} />;
  }
  const chosen = traces.filter(({ traceId }) => selected.has(traceId)).map(({ traceId }) => traceId);
  return (
    <>
      <Answer look={{ tone: traces.some(({ failedIn }) => failedIn.length > 0) ? 'warning' : 'ok', icon: 'gf-traces' }}>
        {describeFound(traces, more)}
      </Answer>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          aria-label="Scale of the durations"
          size="sm"
          options={[...SCALES]}
          value={scale}
          onChange={(value) => params.set({ scale: value === 'log' ? null : value })}
        />
        <RadioButtonGroup
          aria-label="Order of the list"
          size="sm"
          options={[...SORTS]}
          value={sort}
          onChange={(value) => params.set({ sort: value === 'newest' ? null : value })}
        />
      </Stack>
      <LatencyPlot {...{ traces, from, to, scale, selected, onSelect, onOpen }} />
      {chosen.length > 0 && (
        <Selection
          key={chosen.join()}
          ids={chosen}
          all={traces}
          query={query}
          search={search}
          onClear={() => onSelect([])}
        />
      )}
      <FoundTraces traces={sorted} {...{ link, selected, onSelect, onOpen }} />
    </>
  );
}

function NothingFound({ problem, query }: { readonly problem: string | null; readonly query: string }) {
  const { navigation } = useHost();
  return (
    <EmptyState
      icon="search"
      title={problem === null ? 'No trace matches' : 'The traces could not be searched'}
      action={<LinkButton href={navigation.href('/traces')}>Search for any trace of the last hour</LinkButton>}
    >
      {problem ?? (
        <>
          Nothing was found for <code>{query}</code> in this time range. Take a longer one, or fewer conditions.
        </>
      )}
    </EmptyState>
  );
}
