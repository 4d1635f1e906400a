import * as contract from '../../../src/api/alerts.ts';
import { EngineError } from '../../errors.ts';
import { query } from '../operation.ts';
import { alertView, transitionView } from './alertView.ts';
import { allDeliveries } from './deliveries.ts';
import { toldHistory } from './toldHistory.ts';

/** Longest timeline that one answer carries; the history has the rest. */
const TIMELINE_LIMIT = 500;
const RELATED_LIMIT = 20;

export const getAlert = query(contract.getAlert, async (deps, { identity }, { id }) => {
  const { namespace } = identity;
  const { alerts } = deps.store.read;
  const alert = await alerts.get(namespace, id);
  if (alert === undefined) {
    throw new EngineError('not_found', `There is no alert ${id}.`);
  }
  const [timeline, deliveries, sameService] = await Promise.all([
    toldHistory(deps, identity)({ alertId: id }, { limit: TIMELINE_LIMIT }),
    allDeliveries(deps, identity, [id]),
    alert.service === ''
      ? { items: [] }
      : alerts.list(
          namespace,
          { states: ['firing', 'no_data', 'stale'], services: [alert.service] },
          { limit: RELATED_LIMIT }
        ),
  ]);
  return {
    alert: alertView(alert),
    timeline: timeline.items.map(transitionView),
    deliveries,
    related: sameService.items.filter((other) => other.id !== id).map(alertView),
  };
});
