import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, LinkButton, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { spanLabel } from '../../core/traces/spanText.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { useHost } from '../../host/HostContext.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ClockSwitch } from '../../ui/traces/ClockSwitch.tsx';
import { countedSpans } from '../../ui/traces/words.ts';
import { FileDrop } from './FileDrop.tsx';
import { OpenFileButton } from './OpenFileButton.tsx';
import { useOpenedFile } from './openedFile.ts';
import { TraceActions } from './TraceActions.tsx';
import { TraceFacts } from './TraceFacts.tsx';
import { TraceView } from './TraceView.tsx';
import { useClocks } from './useClocks.ts';
import { useOpenFile } from './useOpenFile.ts';

const EXAMPLE = 'npm run demo -- trace > trace.json';

/** A trace out of a file; it needs neither Tempo nor the engine, and nothing leaves the browser. */
export function TraceFile() {
  const { PageFrame, navigation } = useHost();
  const styles = useStyles2(getStyles);
  const opening = useOpenFile();
  const file = useOpenedFile();
  const wanted = useQueryParams().get('trace');
  const trace = file?.traces.find(({ traceId }) => traceId === wanted) ?? file?.traces[0];
  return (
    <PageFrame
      title={file?.name ?? t('trace.trace-file.from-a-file', 'Trace from a file')}
      parent={{ title: t('trace.trace-file.traces', 'Traces'), to: '/traces' }}
      {...(trace === undefined ? {} : { subtitle: <Subtitle trace={trace} /> })}
      actions={<TraceActions trace={trace} isFile onFile={opening.open} />}
    >
      <FileDrop opening={opening}>
        {trace === undefined || file === undefined ? (
          <EmptyState
            icon="folder-open"
            title={t('trace.trace-file.drop', 'Drop a file with a trace here')}
            action={
              <span className={styles.actions}>
                <OpenFileButton onFile={opening.open} isPrimary />
                <LinkButton variant="secondary" href={navigation.href('/traces')}>
                  {t('trace.trace-file.search', 'Search traces')}
                </LinkButton>
              </span>
            }
          >
            <Trans
              i18nKey="trace.trace-file.formats"
              defaults="JSON from OpenTelemetry (OTLP), Tempo, Jaeger or Zipkin, or protobuf from Tempo; gzipped or not. The file is read in this browser and sent nowhere, so a reload forgets it. An example: <command/>"
              components={{ command: <code>{EXAMPLE}</code> }}
            />
          </EmptyState>
        ) : (
          <OfFile trace={trace} traces={file.traces} />
        )}
      </FileDrop>
    </PageFrame>
  );
}

function Subtitle({ trace: recorded }: { trace: Trace }) {
  const { trace } = useClocks(recorded);
  const path = useMemo(() => criticalPath(trace), [trace]);
  return <TraceFacts trace={trace} path={path} />;
}

function OfFile({ trace: recorded, traces }: { trace: Trace; traces: readonly Trace[] }) {
  const { trace, clockSwitch } = useClocks(recorded);
  return (
    <TraceView trace={trace} isFile key={recorded.traceId}>
      {traces.length > 1 && <WhichTrace trace={recorded} traces={traces} />}
      <ClockSwitch {...clockSwitch} />
    </TraceView>
  );
}

function WhichTrace({ trace, traces }: { trace: Trace; traces: readonly Trace[] }) {
  const params = useQueryParams();
  const styles = useStyles2(getStyles);
  const options = useMemo(
    () =>
      traces.map((one) => ({
        value: one.traceId,
        label: one.size === 0 ? one.traceId : spanLabel(one, one.roots[0] ?? 0),
        description: `${countedSpans(one.size)}, ${formatNanoseconds(one.durationNs)}, ${one.traceId}`,
      })),
    [traces]
  );
  return (
    <div className={styles.which}>
      <span>{t('trace.trace-file.holds', 'The file holds {{number}} traces:', { number: traces.length })}</span>
      <Combobox
        aria-label={t('trace.trace-file.trace-of', 'Trace in the file')}
        // Grafana 12.4 takes the name of a combobox from here.
        placeholder={t('trace.trace-file.trace-of', 'Trace in the file')}
        width={48}
        options={options}
        value={trace.traceId}
        onChange={({ value }) => params.set({ trace: value, span: null, time: null }, { push: true })}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  actions: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(1), justifyContent: 'center' }),
  which: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
});
