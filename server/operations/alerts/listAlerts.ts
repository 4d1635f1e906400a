import * as contract from '../../../src/api/alerts.ts';
import type { AlertFilter } from '../../store/store.ts';
import { query } from '../operation.ts';
import { latestDeliveries } from './deliveries.ts';
import { OPEN_STATES } from './openStates.ts';
import { alertView } from './alertView.ts';

const DEFAULT_LIMIT = 100;

export const listAlerts = query(contract.listAlerts, async (deps, { identity }, input) => {
  const { namespace } = identity;
  const filter: AlertFilter = {
    states: input.state ?? OPEN_STATES,
    severities: input.severity,
    services: input.service,
    teams: input.team,
    sources: input.source,
    ruleId: input.ruleId,
    acknowledged: input.acknowledged,
    suppressed: input.suppressed,
    q: input.q,
  };
  const { alerts } = deps.store.read;
  const [page, counts] = await Promise.all([
    alerts.list(namespace, filter, { limit: input.limit ?? DEFAULT_LIMIT, cursor: input.cursor }),
    alerts.count(namespace, filter),
  ]);
  return {
    items: page.items.map(alertView),
    next: page.next,
    counts: { ...counts, bySeverity: { ...counts.bySeverity } },
    deliveries: await latestDeliveries(
      deps,
      identity,
      page.items.map((alert) => alert.id)
    ),
  };
});
