import * as contract from '../../../src/api/alerts.ts';
import { teamOf } from '../../../src/core/alerts/team.ts';
import { query } from '../operation.ts';
import { OPEN_STATES } from './openStates.ts';

export const listTeams = query(contract.listTeams, async (deps, { identity }) => {
  const { alerts, thresholds } = deps.store.read;
  const [counts, all] = await Promise.all([
    alerts.countByTeam(identity.namespace, OPEN_STATES),
    thresholds.list(identity.namespace),
  ]);
  const open = new Map(counts.map(({ team, count }) => [team, count]));
  const owners = all.map(({ labels, owner }) => teamOf({ ...labels, owner }));
  return {
    items: [...new Set([...open.keys(), ...owners])]
      .filter((name) => name !== '')
      .toSorted((a, b) => a.localeCompare(b, 'en'))
      .map((name) => ({ name, openAlerts: open.get(name) ?? 0 })),
  };
});
