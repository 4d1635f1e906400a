import type { Labels } from '../labels.ts';

/** Labels that name the team of an alert, first present first. A threshold's owner stands on its alerts as `owner`. */
const TEAM_LABELS = ['team', 'owner'] as const;

/** The team that an alert belongs to; empty when nobody said. */
export function teamOf(labels: Labels): string {
  const name = TEAM_LABELS.find((label) => (labels[label] ?? '') !== '');
  return name === undefined ? '' : (labels[name] ?? '');
}
