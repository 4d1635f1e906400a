import { LinkButton } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { searchTraces } from '../../api/traces.ts';
import type { NotKept } from '../../core/evidence/evidence.ts';
import { joinTexts } from '../../core/textList.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useHost } from '../../host/HostContext.ts';
import { tracePath } from '../../host/tracePath.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { NotKeptNote } from '../../ui/NotKeptNote.tsx';
import { FoundTraces } from '../../ui/traces/found/FoundTraces.tsx';
import { describeFound, type FoundTrace, toggled } from '../../ui/traces/found/foundTraces.ts';
import { LatencyPlot } from '../../ui/traces/found/LatencyPlot.tsx';
import type { DurationScale } from '../../ui/traces/found/plotScale.ts';
import { PickNote } from './PickNote.tsx';
import { SearchForm } from './SearchForm.tsx';
import { Selection } from './Selection.tsx';
import { ResultsBar } from './ResultsBar.tsx';
import { sortTraces, sortOf } from './sortTraces.ts';
import type { TracesTabProps } from './tracesTab.ts';
import { spanOf, windowOf } from './traceSearch.ts';
import { useTraceKeys } from './useTraceKeys.ts';

/** Traces that a search finds: in a sentence, in a plot of start by duration, and as a list. */
export function SearchTab({ search, onAgain }: TracesTabProps) {
  const { query, filter, limit, pick } = search;
  const asked = useMemo(
    () => ({
      ...windowOf(search),
      limit,
      ...(pick === 'spread' && { pick }),
      ...(query === undefined ? { filter } : { query }),
    }),
    [search, limit, pick, query, filter]
  );
  const found = useOperation(searchTraces, asked, { keepPrevious: true, isLasting: true });
  const problem = found.data?.problem ?? null;
  const again = (): void => {
    onAgain();
    // A window of fixed ends stays the same question.
    void found.refetch();
  };
  return (
    <>
      <SearchForm
        search={search}
        problem={query === undefined ? null : problem}
        isBusy={found.isFetching}
        onAgain={again}
      />
      <LoadState what={t('traces.search-tab.the-traces', 'The traces')} query={found} height={32} rows={8} />
      {found.data && (
        <Found
          traces={found.data.items}
          more={found.data.more}
          problem={problem}
          notKept={found.data.notKept}
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
  readonly notKept: NotKept | null;
  readonly query: string;
  readonly search: TracesTabProps['search'];
}

function Found({ traces, more, problem, notKept, query, search }: FoundProps) {
  const { navigation } = useHost();
  const params = useQueryParams();
  const selected = useMemo(() => new Set(params.list('ids')), [params]);
  const window = windowOf(search);
  const onSelect = useCallback(
    (ids: readonly string[]) => params.set({ ids: joinTexts(ids), ...(ids.length === 0 ? { why: null } : {}) }),
    [params]
  );
  const onOpen = useCallback((traceId: string) => navigation.go(tracePath(traceId)), [navigation]);
  const link = useCallback(
    ({ traceId }: FoundTrace, words: string) => <AppLink to={tracePath(traceId)}>{words}</AppLink>,
    []
  );
  const sort = sortOf(params.get('sort'));
  const sorted = useMemo(() => sortTraces(traces, sort), [traces, sort]);
  const scale: DurationScale = params.get('scale') === 'linear' ? 'linear' : 'log';
  const currentId = useTraceKeys(sorted, { onOpen, onToggle: (id) => onSelect(toggled(selected, id)) });
  if (traces.length === 0) {
    return <NothingFound isBesideQuery={search.query !== undefined} {...{ problem, notKept, query }} />;
  }
  const chosen = traces.filter(({ traceId }) => selected.has(traceId)).map(({ traceId }) => traceId);
  return (
    <>
      <Answer look={{ tone: traces.some(({ failedIn }) => failedIn.length > 0) ? 'warning' : 'ok', icon: 'gf-traces' }}>
        {describeFound(traces, more)}
      </Answer>
      <NotKeptNote notKept={notKept} />
      {more && <PickNote traces={traces} window={window} pick={search.pick} />}
      <ResultsBar {...{ traces, scale, sort, onSelect }} />
      <LatencyPlot
        {...(more && search.pick === 'newest' ? spanOf(traces, window) : window)}
        {...{ traces, scale, selected, onSelect, onOpen }}
      />
      {chosen.length > 0 && (
        <Selection ids={chosen} all={traces} query={query} search={search} onClear={() => onSelect([])} />
      )}
      <FoundTraces traces={sorted} {...{ link, currentId, selected, onSelect, onOpen }} />
    </>
  );
}

interface NothingFoundProps {
  readonly problem: string | null;
  readonly notKept: NotKept | null;
  /** The form says the problem already. */
  readonly isBesideQuery: boolean;
  readonly query: string;
}

function NothingFound({ problem, notKept, isBesideQuery, query }: NothingFoundProps) {
  const { navigation } = useHost();
  return (
    <EmptyState
      icon="search"
      title={
        problem === null
          ? t('traces.search-tab.no-match', 'No trace matches')
          : t('traces.search-tab.not-searched', 'The traces could not be searched')
      }
      action={
        <LinkButton href={navigation.href('/traces')}>
          {t('traces.search-tab.any', 'Search for any trace of the last hour')}
        </LinkButton>
      }
    >
      {problem !== null ? (
        isBesideQuery ? (
          t('traces.search-tab.beside', 'The error is shown beside the query.')
        ) : (
          problem
        )
      ) : (
        <Trans
          i18nKey="traces.search-tab.nothing"
          defaults="Nothing was found for <query/> in this time range. Choose a longer time range or fewer conditions."
          components={{ query: <code>{query}</code> }}
        />
      )}{' '}
      <NotKeptNote notKept={notKept} />
    </EmptyState>
  );
}
