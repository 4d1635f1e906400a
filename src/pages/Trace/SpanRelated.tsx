import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { cell } from '../../core/traces/column.ts';
import { attributeOf, serviceOf } from '../../core/traces/spanFields.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { epochMs, seconds, type EpochMs } from '../../core/units.ts';
import { useHost } from '../../host/HostContext.ts';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { profilesUrl } from '../../core/evidence/profilesUrl.ts';
import { t } from '../../i18n/t.ts';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { SpanLogs } from './SpanLogs.tsx';
import { SpanMetrics } from './SpanMetrics.tsx';

export interface SpanRelatedProps {
  readonly trace: Trace;
  readonly span: number;
  readonly isFile: boolean;
}

/** From a span to what else is known of that service at that time: log lines, its own and of the whole trace, metrics, profiles. */
export function SpanRelated({ trace, span, isFile }: SpanRelatedProps) {
  const styles = useStyles2(getStyles);
  const [logsOf, setLogsOf] = useState<string>();
  const service = serviceOf(trace, span);
  const spanLogs = { traceId: trace.traceId, service, ...windowOf(trace, span) };
  const traceLogs = { traceId: trace.traceId, service: undefined, ...windowOfTrace(trace) };
  const ofSpan = `${trace.traceId} ${span}`;
  return (
    <div className={styles.block}>
      <div className={styles.links}>
        {!isFile && (
          <>
            <LogsButton of={ofSpan} open={logsOf} onOpen={setLogsOf}>
              {t('trace.span-related.log-lines', 'Log lines')}
            </LogsButton>
            <LogsButton of={trace.traceId} open={logsOf} onOpen={setLogsOf}>
              {t('trace.span-related.of-the-trace', 'Log lines of the whole trace')}
            </LogsButton>
          </>
        )}
        {!isFile && <SpanMetrics service={service} {...windowOf(trace, span)} />}
        <Profiles trace={trace} span={span} />
      </div>
      {logsOf === ofSpan && <SpanLogs {...spanLogs} />}
      {logsOf === trace.traceId && <SpanLogs {...traceLogs} />}
    </div>
  );
}

interface LogsButtonProps {
  /** Whose lines it shows. */
  readonly of: string;
  /** Whose are shown. */
  readonly open: string | undefined;
  readonly onOpen: (of: string | undefined) => void;
  readonly children: string;
}

const LogsButton = ({ of, open, onOpen, children }: LogsButtonProps) => (
  <Button
    size="sm"
    variant="secondary"
    icon="gf-logs"
    aria-expanded={open === of}
    onClick={() => onOpen(open === of ? undefined : of)}
  >
    {children}
  </Button>
);

interface Stretch {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const windowOf = (trace: Trace, span: number): Stretch =>
  stretchOf(trace, cell(trace.startNs, span), cell(trace.endNs, span));

const windowOfTrace = (trace: Trace): Stretch => stretchOf(trace, 0, trace.durationNs);

/** In milliseconds, with what was rounded away. */
function stretchOf({ epochNs }: Trace, startNs: number, endNs: number): Stretch {
  const at = Number(epochNs / 1_000_000n);
  return { from: epochMs(at + Math.floor(startNs / 1e6)), to: epochMs(at + Math.ceil(endNs / 1e6) + 1) };
}

function Profiles({ trace, span }: Pick<SpanRelatedProps, 'trace' | 'span'>) {
  const grafana = useGrafanaUrl();
  const uid = useHost().profilesUid();
  const profile = attributeOf(trace, span, 'pyroscope.profile.id');
  if (grafana === undefined || uid === null || typeof profile !== 'string') {
    return null;
  }
  const { from, to } = windowOf(trace, span);
  const window = { from: epochMs(from - seconds(30)), to: epochMs(to + seconds(30)) };
  return (
    <ExternalLink href={profilesUrl(grafana, { service: serviceOf(trace, span), profile, window, uid })}>
      {t('trace.span-related.profile', 'Profile')}
    </ExternalLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: theme.spacing(1), minWidth: 0 }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1.5), alignItems: 'center' }),
});
