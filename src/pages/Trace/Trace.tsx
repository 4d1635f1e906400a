import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import type { Trace as TraceModel } from '../../core/traces/trace.ts';
import { spanLabel } from '../../core/traces/spanText.ts';
import { useHost } from '../../host/HostContext.ts';
import { t } from '../../i18n/t.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ClockSwitch } from '../../ui/traces/ClockSwitch.tsx';
import { FileDrop } from './FileDrop.tsx';
import { LinkedTraces } from './LinkedTraces.tsx';
import { OpenFileButton } from './OpenFileButton.tsx';
import { Settling } from './Settling.tsx';
import { TraceActions } from './TraceActions.tsx';
import { TraceFacts } from './TraceFacts.tsx';
import { TraceView } from './TraceView.tsx';
import { useClocks } from './useClocks.ts';
import { useOpenFile } from './useOpenFile.ts';
import { useTrace, type TraceAnswer } from './useTrace.ts';

export interface TraceProps {
  readonly params: Readonly<Record<string, string>>;
}

/** One trace, from its source. */
export function Trace({ params }: TraceProps) {
  const { PageFrame } = useHost();
  const traceId = params['traceId'] ?? '';
  const query = useTrace(traceId);
  const trace = query.data?.trace;
  const opening = useOpenFile();
  return (
    <PageFrame
      title={trace === undefined ? t('trace.trace.trace', 'Trace') : titleOf(trace)}
      parent={{ title: t('trace.trace.traces', 'Traces'), to: '/traces' }}
      {...(trace === undefined ? {} : { subtitle: <Subtitle trace={trace} /> })}
      actions={<TraceActions trace={trace} onFile={opening.open} />}
    >
      <FileDrop opening={opening}>
        {query.error !== null && <Problem query={query} onFile={opening.open} />}
        {query.isPending && <Loading />}
        {query.data !== undefined && <Loaded {...query.data} />}
      </FileDrop>
    </PageFrame>
  );
}

const Loading = () => (
  <>
    <Skeleton label={t('trace.trace.loading-the-trace', 'Loading the trace')} height={28} rows={2} />
    <Skeleton label={t('trace.trace.loading-the-spans', 'Loading the spans')} height={26} rows={12} />
  </>
);

interface ProblemProps {
  readonly query: UseQueryResult<TraceAnswer, ApiError>;
  readonly onFile: (file: File) => void;
}

/** Why there is no trace, or no newer one, and what to do. */
function Problem({ query: { data, error, refetch }, onFile }: ProblemProps) {
  const { navigation } = useHost();
  const styles = useStyles2(getStyles);
  if (error === null) {
    return null;
  }
  if (error.code !== 'not_found' || data !== undefined) {
    const what =
      data === undefined
        ? t('trace.trace.not-loaded', 'The trace could not be loaded')
        : t('trace.trace.not-updated', 'The trace could not be updated');
    return <ErrorState what={what} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <EmptyState
      icon="gf-traces"
      title={t('trace.trace.no-such', 'There is no such trace')}
      action={
        <span className={styles.actions}>
          <Button icon="sync" onClick={() => void refetch()}>
            {t('trace.trace.try-again', 'Try again')}
          </Button>
          <LinkButton variant="secondary" href={navigation.href('/traces')}>
            {t('trace.trace.search', 'Search traces')}
          </LinkButton>
          <OpenFileButton onFile={onFile} />
        </span>
      }
    >
      {error.message}
    </EmptyState>
  );
}

function Loaded({ trace: recorded, settling, problem }: TraceAnswer) {
  const { trace, clockSwitch } = useClocks(recorded);
  const shown = useMemo(
    (): TraceModel =>
      problem === null
        ? trace
        : { ...trace, notices: [{ code: 'truncated', message: problem, count: 1, spanIds: [] }, ...trace.notices] },
    [trace, problem]
  );
  return (
    <TraceView trace={shown}>
      {settling && <Settling />}
      <ClockSwitch {...clockSwitch} />
      <LinkedTraces trace={recorded} />
    </TraceView>
  );
}

const titleOf = (trace: TraceModel): string =>
  trace.size === 0 ? t('trace.trace.trace', 'Trace') : spanLabel(trace, trace.roots[0] ?? 0);

function Subtitle({ trace: recorded }: { trace: TraceModel }) {
  const { trace } = useClocks(recorded);
  const path = useMemo(() => criticalPath(trace), [trace]);
  return <TraceFacts trace={trace} path={path} />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  actions: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(1), justifyContent: 'center' }),
});
