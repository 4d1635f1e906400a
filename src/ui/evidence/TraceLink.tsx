import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { TimeWindow } from '../../core/evidence/evidence.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import { t } from '../../i18n/t.ts';
import { ExternalLink } from '../ExternalLink.tsx';

/** Draws the way to a trace inside Pharos. `window` is where it is looked up around. */
export type LinkTrace = (traceId: string, words: string, window: TimeWindow) => ReactNode;

export interface TraceLinkProps {
  readonly traceId: string;
  /** What the trace did; its id when absent. */
  readonly name?: string;
  readonly link: LinkTrace;
  /** Undefined leaves out the way to Grafana. */
  readonly grafanaUrl: string | undefined;
  /** Where the trace is looked up around. */
  readonly window: TimeWindow;
}

/** Leads to a trace, and beside it to the same in Grafana. */
export function TraceLink({ traceId, name, link, grafanaUrl, window }: TraceLinkProps) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.links}>
      <span className={styles.own}>
        {link(traceId, name ?? t('ui.trace-link.trace', 'Trace {{id}}', { id: shortId(traceId) }), window)}
      </span>
      {grafanaUrl !== undefined && (
        <span className={styles.explore}>
          <ExternalLink href={exploreUrl(grafanaUrl, { traces: traceId, window })}>
            {t('ui.trace-link.explore', 'Explore')}
          </ExternalLink>
        </span>
      )}
    </span>
  );
}

/** Enough to tell it from others of the hour. */
const shortId = (traceId: string): string => traceId.slice(0, 8);

const getStyles = (theme: GrafanaTheme2) => ({
  links: css({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'baseline', gap: theme.spacing(0, 1.5) }),
  own: css({
    overflowWrap: 'anywhere',
    '& a': { color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } },
  }),
  explore: css({ fontSize: theme.typography.bodySmall.fontSize, whiteSpace: 'nowrap' }),
});
