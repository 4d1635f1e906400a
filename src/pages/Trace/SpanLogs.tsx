import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import { getTraceLogs } from '../../api/traceAnalysis.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import type { EpochMs } from '../../core/units.ts';
import { linkTrace } from '../../host/linkTrace.tsx';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { EvidenceBlock } from '../../ui/evidence/EvidenceBlock.tsx';
import { LogRow } from '../../ui/evidence/LogRow.tsx';
import { formatWindow } from '../../ui/formatTime.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { useNow } from '../../ui/useNow.ts';

export interface SpanLogsProps {
  readonly traceId: string;
  /** Undefined for the lines of all that took part. */
  readonly service: string | undefined;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Log lines of a trace, or of one of its spans: where none of its service carries the id, those of others, else those at that time. */
export function SpanLogs({ traceId, service, from, to }: SpanLogsProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const grafana = useGrafanaUrl();
  const today = useNow((now) => Math.floor(now / 60_000) * 60_000);
  const query = useOperation(
    getTraceLogs,
    { traceId, ...(service === undefined ? {} : { service }), from, to },
    { isLasting: true }
  );
  const { data } = query;
  if (data === undefined) {
    return <LoadState what={t('trace.span-logs.the-log-lines', 'The log lines')} query={query} height={22} rows={3} />;
  }
  const explore =
    grafana === undefined || data.query === null
      ? undefined
      : exploreUrl(grafana, { logs: data.query, window: data.window });
  const title =
    service === undefined
      ? t('trace.span-logs.of-the-trace', 'Log lines of the whole trace')
      : t('trace.span-logs.log-lines', 'Log lines');
  const sentence = logsSentence(data, { service, window: formatWindow(data.window, today, timeZone) });
  return (
    <EvidenceBlock title={title} problem={data.problem} sentence={sentence} explore={explore}>
      {data.items.length > 0 && (
        <ol className={styles.list} aria-label={title}>
          {data.items.map((line, index) => (
            <LogRow
              key={`${line.at} ${index}`}
              line={line}
              service={data.by === 'elsewhere' || service === undefined ? line.service : null}
              link={linkTrace}
              grafanaUrl={grafana}
              window={data.window}
            />
          ))}
        </ol>
      )}
    </EvidenceBlock>
  );
}

interface LogWords {
  readonly service: string | undefined;
  readonly window: string;
}

/** What was found, by what, and where it was looked for. */
export function logsSentence(
  { items, by, more, widened }: Pick<OutputOf<typeof getTraceLogs>, 'items' | 'by' | 'more' | 'widened'>,
  { service, window }: LogWords
): string {
  const where = widened
    ? t('trace.span-logs.widened', '{{window}}, widened since nothing was nearer', { window })
    : window;
  if (items.length === 0) {
    return service === undefined
      ? t('trace.span-logs.none-at-all', 'No line of any service carries the id of this trace ({{where}}).', { where })
      : t(
          'trace.span-logs.none',
          'No line carries the id of this trace, and {{service}} has none at that time ({{where}}).',
          { service, where }
        );
  }
  const values = { count: items.length, number: items.length.toLocaleString('en-US') };
  const lines = more
    ? t('trace.span-logs.first-lines', '', {
        ...values,
        defaultValue_one: 'The first {{number}} line',
        defaultValue_other: 'The first {{number}} lines',
      })
    : t('trace.span-logs.lines', '', {
        ...values,
        defaultValue_one: '{{number}} line',
        defaultValue_other: '{{number}} lines',
      });
  if (by === 'trace' || service === undefined) {
    return t('trace.span-logs.by-trace', '{{lines}} with the id of this trace ({{where}}).', { lines, where });
  }
  return by === 'elsewhere'
    ? t(
        'trace.span-logs.elsewhere',
        'No line of {{service}} carries the id of this trace. {{lines}} of other services with it ({{where}}).',
        { lines, service, where }
      )
    : t(
        'trace.span-logs.by-service',
        'No line carries the id of this trace. {{lines}} of {{service}} at that time ({{where}}).',
        { lines, service, where }
      );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    borderTop: `1px solid ${theme.colors.border.weak}`,
    maxHeight: 320,
    overflowY: 'auto',
  }),
});
