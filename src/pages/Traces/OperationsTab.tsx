import { Button, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useMemo } from 'react';
import { analyzeTraces } from '../../api/traceAnalysis.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { MergedFlame } from '../../ui/traces/flame/MergedFlame.tsx';
import { OperationGrid } from '../../ui/traces/operations/OperationGrid.tsx';
import { NothingInTraces } from './NothingInTraces.tsx';
import { SearchForm } from './SearchForm.tsx';
import { takeEvenly } from './takeEvenly.ts';
import type { TracesTabProps } from './tracesTab.ts';
import { traceQlOf, windowOf } from './traceSearch.ts';
import { UsedTraces } from '../../ui/traces/UsedTraces.tsx';

/** Traces that are read whole: more say more, and take longer. The engine reads no more than the last. */
const LIMITS = [50, 100, 200, 500] as const;
const USUAL = 100;

/** What held up many traces: time on their critical paths by operation, and as one flame graph. */
export function OperationsTab({ search, onAgain }: TracesTabProps) {
  const params = useQueryParams();
  const ids = params.list('ids');
  const listed = ids.join();
  const most = LIMITS.find((limit) => String(limit) === params.get('most')) ?? USUAL;
  const set = useMemo(
    () =>
      listed === ''
        ? { query: traceQlOf(search), ...windowOf(search), limit: most }
        : { traceIds: [...takeEvenly(listed.split(','), most)] },
    [listed, search, most]
  );
  const analysed = useOperation(analyzeTraces, { set }, { keepPrevious: true, isLasting: true });
  const { data } = analysed;
  const again = (): void => {
    onAgain();
    // A window of fixed ends stays the same question.
    void analysed.refetch();
  };
  return (
    <>
      {listed === '' ? (
        <SearchForm
          search={search}
          problem={search.query === undefined || data?.used.traces !== 0 ? null : data.used.problem}
          isBusy={analysed.isFetching}
          onAgain={again}
        />
      ) : (
        <SelectedOnly count={ids.length} most={most} onAll={() => params.set({ ids: null })} />
      )}
      <HowMany most={most} onMost={(next) => params.set({ most: next === USUAL ? null : String(next) })} />
      <LoadState what={t('traces.operations-tab.the-analysis', 'The analysis')} query={analysed} height={32} rows={8} />
      {data &&
        (data.used.traces === 0 ? (
          <NothingInTraces
            used={data.used}
            icon="search"
            titles={{
              nothing: t('traces.operations-tab.no-trace', 'No trace to analyze'),
              notRead: t('traces.operations-tab.not-read', 'The traces could not be read'),
            }}
          >
            {t(
              'traces.operations-tab.nothing',
              'Nothing was found in this time range. Choose a longer time range or fewer conditions.'
            )}
          </NothingInTraces>
        ) : (
          <>
            <UsedTraces used={data.used} />
            {data.clocksSet > 0 && <Text color="secondary">{clocksWords(data.clocksSet)}</Text>}
            <Section title={t('traces.operations-tab.where', 'Where the time went')}>
              <OperationGrid rows={data.operations} hasRoom />
            </Section>
            <Section title={t('traces.operations-tab.as-one', 'All traces merged')}>
              <MergedFlame merged={{ traces: data.used.traces, paths: data.paths }} />
              {data.pathsLeftOut > 0 && (
                <Text color="secondary">
                  {t('traces.operations-tab.left-out', '', {
                    count: data.pathsLeftOut,
                    defaultValue_one: '{{count}} path with the least time is left out.',
                    defaultValue_other: '{{count}} paths with the least time are left out.',
                  })}
                </Text>
              )}
            </Section>
          </>
        ))}
    </>
  );
}

const clocksWords = (count: number): string =>
  t('traces.operations-tab.clocks-set', '', {
    count,
    defaultValue_one: 'In {{count}} of them clocks were adjusted first.',
    defaultValue_other: 'In {{count}} of them clocks were adjusted first.',
  });

interface HowManyProps {
  readonly most: number;
  readonly onMost: (most: number) => void;
}

function HowMany({ most, onMost }: HowManyProps) {
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <Text>{t('traces.operations-tab.traces-at-most', 'Trace limit')}</Text>
      <RadioButtonGroup
        aria-label={t('traces.operations-tab.traces-at-most', 'Trace limit')}
        options={LIMITS.map((value) => ({ value, label: String(value) }))}
        value={most}
        onChange={onMost}
      />
    </Stack>
  );
}

interface SelectedOnlyProps {
  readonly count: number;
  readonly most: number;
  readonly onAll: () => void;
}

/** The traces that were selected are looked at, and no others. */
function SelectedOnly({ count, most, onAll }: SelectedOnlyProps) {
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <Text>
        {count > most
          ? t(
              'traces.operations-tab.selected-first',
              'Of the {{number}} selected traces, {{most}}, spread evenly from the first to the last.',
              { number: count, most }
            )
          : t('traces.operations-tab.selected', '', {
              count,
              defaultValue_one: 'Of the {{count}} selected trace.',
              defaultValue_other: 'Of the {{count}} selected traces.',
            })}
      </Text>
      <Button variant="secondary" size="sm" onClick={onAll}>
        {t('traces.operations-tab.take-all', 'Use all that the search finds')}
      </Button>
    </Stack>
  );
}
