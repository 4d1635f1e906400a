import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import type { TimeWindow } from '../../core/evidence/evidence.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import { t } from '../../i18n/t.ts';
import { ExternalLink } from '../ExternalLink.tsx';

export interface TraceLinkProps {
  readonly traceId: string;
  /** What the trace did; its id when absent. */
  readonly name?: string;
  readonly grafanaUrl: string | undefined;
  /** Where the trace is looked up around. */
  readonly window: TimeWindow;
}

/** Leads to a trace in Grafana; without one, gives its id to take elsewhere. */
export function TraceLink({ traceId, name, grafanaUrl, window }: TraceLinkProps) {
  const styles = useStyles2(getStyles);
  if (grafanaUrl !== undefined) {
    return (
      <ExternalLink href={exploreUrl(grafanaUrl, { traces: traceId, window })}>
        {name ?? t('ui.trace-link.trace', 'Trace {{id}}', { id: shortId(traceId) })}
      </ExternalLink>
    );
  }
  return (
    <span className={styles.bare}>
      {name ?? t('ui.trace-link.trace', 'Trace {{id}}', { id: shortId(traceId) })}
      <ClipboardButton
        icon="copy"
        variant="secondary"
        size="sm"
        fill="text"
        aria-label={t('ui.trace-link.copy-the-id-of-trace', 'Copy the id of trace {{id}}', { id: shortId(traceId) })}
        getText={() => traceId}
      >
        {t('ui.trace-link.copy-id', 'Copy id')}
      </ClipboardButton>
    </span>
  );
}

const shortId = (traceId: string): string => traceId.slice(0, 8);

const getStyles = (theme: GrafanaTheme2) => ({
  bare: css({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'baseline', gap: theme.spacing(0, 1) }),
});
