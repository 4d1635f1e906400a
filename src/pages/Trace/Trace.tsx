import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { getTrace } from '../../api/traces.ts';
import type { OutputOf } from '../../api/operation.ts';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { parseTraceDocuments } from '../../core/traces/parse/parseTraces.ts';
import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import type { Trace as TraceModel } from '../../core/traces/trace.ts';
import { spanLabel } from '../../core/traces/spanText.ts';
import { epochMs, type EpochMs } from '../../core/units.ts';
import { useHost } from '../../host/HostContext.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ClockSwitch, useClocks } from './ClockSwitch.tsx';
import { FileDrop } from './FileDrop.tsx';
import { LinkedTraces, mayBeLinked } from './LinkedTraces.tsx';
import { OpenFileButton } from './OpenFileButton.tsx';
import { Settling } from './Settling.tsx';
import { TraceActions } from './TraceActions.tsx';
import { TraceFacts } from './TraceFacts.tsx';
import { TraceView } from './TraceView.tsx';
import { useOpenFile } from './useOpenFile.ts';

export interface TraceProps {
  readonly params: Readonly<Record<string, string>>;
}

/** While spans may be on their way. */
const ASK_AGAIN_MS = 3_000;

/** One trace, from its source. */
export function Trace({ params }: TraceProps) {
  const { PageFrame } = useHost();
  const traceId = params['traceId'] ?? '';
  const window = useKnownWindow();
  const first = useOperation(getTrace, { traceId, ...window }, { isLasting: true });
  // The same question: one answer for both, asked again only while it is not the last.
  useOperation(
    getTrace,
    { traceId, ...window },
    first.data?.settling === true ? { refreshMs: ASK_AGAIN_MS, isLasting: true } : { enabled: false, isLasting: true }
  );
  const read = useRead(first.data);
  const opening = useOpenFile();
  return (
    <PageFrame
      title={read.trace === undefined ? t('trace.trace.trace', 'Trace') : titleOf(read.trace)}
      parent={{ title: t('trace.trace.traces', 'Traces'), to: '/traces' }}
      {...(read.trace === undefined ? {} : { subtitle: <Subtitle trace={read.trace} /> })}
      actions={<TraceActions trace={read.trace} onFile={opening.open} />}
    >
      <FileDrop opening={opening}>
        {first.error !== null && <Problem query={first} onFile={opening.open} />}
        {read.problem !== undefined && (
          <ErrorState what={t('trace.trace.not-read', 'The trace could not be read')} error={read.problem} isFinal />
        )}
        {first.isPending && <Loading />}
        {read.trace !== undefined && first.data !== undefined && <Loaded trace={read.trace} {...first.data} />}
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
  readonly query: UseQueryResult<OutputOf<typeof getTrace>, ApiError>;
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

interface LoadedProps extends Pick<OutputOf<typeof getTrace>, 'settling' | 'problem'> {
  readonly trace: TraceModel;
}

function Loaded({ trace: recorded, settling, problem }: LoadedProps) {
  const { trace, adjustments, isRecorded } = useClocks(recorded);
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
      <ClockSwitch {...{ adjustments, isRecorded }} />
      {mayBeLinked(recorded) && <LinkedTraces trace={recorded} />}
    </TraceView>
  );
}

const titleOf = (trace: TraceModel): string =>
  trace.size === 0 ? t('trace.trace.trace', 'Trace') : spanLabel(trace, trace.roots[0] ?? 0);

function Subtitle({ trace }: { trace: TraceModel }) {
  const path = useMemo(() => criticalPath(trace), [trace]);
  return <TraceFacts trace={trace} path={path} />;
}

interface Read {
  readonly trace?: TraceModel;
  readonly problem?: { readonly message: string };
}

/** Parsed here and not in a worker: to hand over what was read of the answer takes as long as to make a trace of it. */
function useRead(answer: OutputOf<typeof getTrace> | undefined): Read {
  const document = answer?.document;
  return useMemo(() => {
    if (document === undefined) {
      return {};
    }
    try {
      const [trace] = parseTraceDocuments([document]).traces;
      return trace === undefined ? {} : { trace };
    } catch (error) {
      if (error instanceof TraceInputError) {
        return { problem: { message: error.message } };
      }
      throw error;
    }
  }, [document]);
}

/** About when it was, where the link says so: the source looks there first. */
function useKnownWindow(): { readonly from?: EpochMs; readonly to?: EpochMs } {
  const { get } = useQueryParams();
  const from = readMoment(get('from'));
  const to = readMoment(get('to'));
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readMoment(text: string | undefined): EpochMs | undefined {
  const at = text === undefined ? NaN : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? epochMs(at) : undefined;
}

const getStyles = (theme: GrafanaTheme2) => ({
  actions: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(1), justifyContent: 'center' }),
});
