import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { listServices } from '../../api/system.ts';
import { listThresholds, type ThresholdView } from '../../api/thresholds.ts';
import { useHost } from '../../host/HostContext.ts';
import { useCan } from '../../host/useIdentity.ts';
import { useLive } from '../../host/useLive.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Answer } from '../../ui/Answer.tsx';
import { PHONE } from '../../ui/breakpoints.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KeyboardHelp } from '../../ui/KeyboardHelp.tsx';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useHotkeys } from '../../ui/useHotkeys.ts';
import { answerSentence } from './answerSentence.ts';
import { BulkBar } from './BulkBar.tsx';
import { EditorDrawer } from './EditorDrawer.tsx';
import { filterRows, groupThresholds } from './groupThresholds.ts';
import { ListControls } from './ListControls.tsx';
import { NoThresholds } from './NoThresholds.tsx';
import { ThresholdTable } from './ThresholdTable.tsx';
import { useEditorTarget } from './useEditorTarget.ts';
import { usePreviews, type Previews } from './usePreviews.ts';
import { useSelection } from './useSelection.ts';

const NONE: readonly ThresholdView[] = [];
const PAGE_SIZE = 100;

const keys = () =>
  [
    ['/', t('thresholds.thresholds.search', 'Search')],
    ['j  k', t('thresholds.thresholds.next-previous', 'Next, previous threshold')],
    ['Enter', t('thresholds.thresholds.open-it', 'Open it')],
    ['x', t('thresholds.thresholds.select-it', 'Select it')],
    ['?', t('thresholds.thresholds.this-help', 'This help')],
  ] as const;

/** Every threshold, what it would have done, and the drawer in which one is made or changed. */
export function Thresholds() {
  const { PageFrame } = useHost();
  const canChange = useCan('admin');
  const thresholds = useOperation(listThresholds, {});
  const services = useOperation(listServices, {});
  const { open } = useEditorTarget();
  const { data } = thresholds;
  const items = data?.items ?? NONE;
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const previews = usePreviews(items, seen);
  const onSeen = useCallback(
    (id: string) => setSeen((before) => (before.has(id) ? before : new Set([...before, id]))),
    []
  );
  return (
    <PageFrame
      title={t('thresholds.thresholds.thresholds', 'Thresholds')}
      actions={<Actions canAdd={canChange && items.length > 0} onAdd={() => open({ kind: 'new' })} />}
    >
      {items.length > 0 && <PageAnswer items={items} coverage={services.data?.coverage} previews={previews} />}
      <Body answer={thresholds} canChange={canChange} previews={previews} onSeen={onSeen} />
      <EditorDrawer thresholds={data?.items} services={services.data?.items ?? []} />
    </PageFrame>
  );
}

interface BodyProps extends Omit<ListProps, 'items'> {
  readonly answer: UseQueryResult<OutputOf<typeof listThresholds>, ApiError>;
}

function Body({ answer: { data, error, refetch }, ...list }: BodyProps) {
  return (
    <>
      {error && (
        <ErrorState
          what={t('thresholds.thresholds.the-thresholds-could-not-be', 'The thresholds could not be loaded')}
          error={error}
          lost={t('thresholds.thresholds.the-engine-goes-on-judging', 'The engine keeps evaluating them as they were.')}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && !error && (
        <Skeleton label={t('thresholds.thresholds.loading-thresholds', 'Loading thresholds')} height={34} rows={8} />
      )}
      {data?.items.length === 0 && <NoThresholds canChange={list.canChange} />}
      {data !== undefined && data.items.length > 0 && <List items={data.items} {...list} />}
    </>
  );
}

interface PageAnswerProps {
  readonly items: readonly ThresholdView[];
  readonly coverage: OutputOf<typeof listServices>['coverage'] | undefined;
  readonly previews: Previews;
}

function PageAnswer({ items, coverage, previews }: PageAnswerProps) {
  const known = new Map([...previews].flatMap(([id, { data }]) => (data === undefined ? [] : [[id, data] as const])));
  return (
    <Answer look={{ tone: 'quiet', icon: 'sliders-v-alt' }}>
      {answerSentence({ thresholds: items, coverage, previews: known })}
    </Answer>
  );
}

function Actions({ canAdd, onAdd }: { canAdd: boolean; onAdd: () => void }) {
  const styles = useStyles2(getStyles);
  const { contactAt, lost, paused, setPaused } = useLive();
  return (
    <>
      <LiveStamp at={contactAt} lost={lost} paused={paused} onPause={setPaused} />
      {canAdd && (
        <div className={styles.add}>
          <Button icon="plus" onClick={onAdd}>
            {t('thresholds.thresholds.add-threshold', 'Add threshold')}
          </Button>
        </div>
      )}
    </>
  );
}

interface ListProps {
  readonly items: readonly ThresholdView[];
  readonly canChange: boolean;
  readonly previews: Previews;
  readonly onSeen: (id: string) => void;
}

function List({ items, canChange, previews, onSeen }: ListProps) {
  const params = useQueryParams();
  const { target, open } = useEditorTarget();
  const selection = useSelection();
  const [help, setHelp] = useState(false);
  useHotkeys({ '?': () => setHelp(true) });
  const [shownCount, setShownCount] = useState(PAGE_SIZE);
  const text = params.get('q') ?? '';
  // With `new` the service belongs to the form that opens.
  const service = target?.kind === 'new' ? undefined : params.get('service');
  const rows = useMemo(() => filterRows(groupThresholds(items), { text, service }), [items, text, service]);
  const shown = rows.slice(0, shownCount);
  return (
    <>
      <ListControls text={text} service={service} shown={rows.length} total={items.length} params={params} />
      <ThresholdTable
        rows={shown}
        previews={previews}
        onSeen={onSeen}
        onOpen={(id) => open({ kind: 'edit', id })}
        selection={canChange ? selection : undefined}
      />
      {rows.length > shown.length && (
        <Button variant="secondary" fill="outline" onClick={() => setShownCount(shownCount + PAGE_SIZE)}>
          {t('thresholds.thresholds.show-more', 'Show {{number}} more of {{rest}}', {
            number: Math.min(PAGE_SIZE, rows.length - shown.length),
            rest: rows.length - shown.length,
          })}
        </Button>
      )}
      {canChange && <BulkBar thresholds={items} selection={selection} />}
      <KeyboardHelp keys={keys()} isOpen={help} onClose={() => setHelp(false)} />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Under the bar of selected rows, which takes its place while there are any.
  add: css({
    [PHONE]: {
      position: 'fixed',
      zIndex: theme.zIndex.navbarFixed - 1,
      right: theme.spacing(1.5),
      bottom: `calc(var(--pharos-bottom, 0px) + ${theme.spacing(1.5)})`,
      boxShadow: theme.shadows.z3,
    },
  }),
});
