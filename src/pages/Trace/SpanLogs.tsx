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
import { useDisplay } from '../../ui/display.ts';
import { EvidenceBlock } from '../../ui/evidence/EvidenceBlock.tsx';
import { LogRow } from '../../ui/evidence/LogRow.tsx';
import { formatWindow } from '../../ui/formatTime.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { counted } from '../../ui/traces/words.ts';
import { useNow } from '../../ui/useNow.ts';

export interface SpanLogsProps {
  readonly traceId: string;
  readonly service: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Log lines of a trace about one of its spans; where none carries its id, those of the service at that time. */
export function SpanLogs({ traceId, service, from, to }: SpanLogsProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const grafana = useGrafanaUrl();
  const today = useNow((now) => Math.floor(now / 60_000) * 60_000);
  const query = useOperation(getTraceLogs, { traceId, service, from, to });
  const { data } = query;
  if (data === undefined) {
    return <LoadState what="The log lines" query={query} height={22} rows={3} />;
  }
  const explore =
    grafana === undefined || data.query === null
      ? undefined
      : exploreUrl(grafana, { logs: data.query, window: data.window });
  const sentence = logsSentence(data, { service, window: formatWindow(data.window, today, timeZone) });
  return (
    <EvidenceBlock title="Log lines" problem={data.problem} sentence={sentence} explore={explore}>
      {data.items.length > 0 && (
        <ol className={styles.list} aria-label="Log lines">
          {data.items.map((line, index) => (
            <LogRow
              key={`${line.at} ${index}`}
              line={line}
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
  readonly service: string;
  readonly window: string;
}

/** What was found, by what, and where it was looked for. */
export function logsSentence(
  { items, by, more, widened }: Pick<OutputOf<typeof getTraceLogs>, 'items' | 'by' | 'more' | 'widened'>,
  { service, window }: LogWords
): string {
  const where = `${window}${widened ? ', widened since nothing was nearer' : ''}`;
  if (items.length === 0) {
    return `No line carries the id of this trace, nor has ${service} any at that time (${where}).`;
  }
  const lines = `${more ? 'The first ' : ''}${counted(items.length, 'line')}`;
  return by === 'trace'
    ? `${lines} with the id of this trace (${where}).`
    : `No line carries the id of this trace. ${lines} of ${service} at that time (${where}).`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    borderTop: `1px solid ${theme.colors.border.weak}`,
    maxHeight: 320,
    overflowY: 'auto',
  }),
});
