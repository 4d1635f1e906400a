import { exploreUrl } from '../core/evidence/exploreUrl.ts';
import type { TimeWindow } from '../core/evidence/evidence.ts';
import { t } from '../i18n/t.ts';
import { ExternalLink } from './ExternalLink.tsx';

export interface CallsInExploreProps {
  /** Address of Grafana, or its path on this site. */
  readonly grafana: string;
  /** PromQL: calls per second. */
  readonly metrics: string;
  readonly window: TimeWindow;
}

/** Leads to calls over a window in Grafana's Explore. */
export const CallsInExplore = ({ grafana, metrics, window }: CallsInExploreProps) => (
  <ExternalLink href={exploreUrl(grafana, { metrics, window })}>
    {t('ui.calls-in-explore.calls', 'Calls over time in Explore')}
  </ExternalLink>
);
