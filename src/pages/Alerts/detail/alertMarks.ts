import type { TransitionView } from '../../../api/alerts.ts';
import type { Deploy } from '../../../core/evidence/evidence.ts';
import { t } from '../../../i18n/t.ts';
import type { ChartMark } from '../../../ui/SignalChart.tsx';

const MARKED = {
  pending: { label: () => t('alerts.alert-marks.crossed', 'crossed'), tone: 'quiet' },
  fired: { label: () => t('alerts.alert-marks.fired', 'fired'), tone: 'critical' },
  severity_raised: { label: () => t('alerts.alert-marks.got-worse', 'got worse'), tone: 'critical' },
  acknowledged: { label: () => t('alerts.alert-marks.acknowledged', 'acknowledged'), tone: 'quiet' },
  resolved: { label: () => t('alerts.alert-marks.resolved', 'resolved'), tone: 'ok' },
} as const;

const isMarked = (kind: string): kind is keyof typeof MARKED => Object.hasOwn(MARKED, kind);

/** A version that is a hash would fill the chart. */
const LONGEST_VERSION = 10;

const shortVersion = (version: string): string =>
  version.length <= LONGEST_VERSION ? version : `${version.slice(0, LONGEST_VERSION - 1)}…`;

/** The moments that belong on an alert's chart, those of its own life and deploys, oldest first. */
export function alertMarks(timeline: readonly TransitionView[], deploys: readonly Deploy[]): ChartMark[] {
  const own = timeline.flatMap(({ kind, at }): ChartMark[] =>
    isMarked(kind) ? [{ at, label: MARKED[kind].label(), tone: MARKED[kind].tone }] : []
  );
  const deployed = deploys.map(({ at, version }): ChartMark => ({
    at,
    label: t('alerts.alert-marks.deploy', 'deploy {{version}}', { version: shortVersion(version) }),
    tone: 'info',
  }));
  return [...own, ...deployed].toSorted((a, b) => a.at - b.at);
}

const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 10 * 60_000;
/** Of an old alert the beginning matters: the chart does not stretch over days. */
const LONGEST_MS = 12 * 3_600_000;

/** The stretch of time that shows how it came about and what became of it; epoch ms. */
export function chartRange(
  alert: { startsAt: number; resolvedAt: number | null },
  now: number
): { from: number; to: number } {
  const from = alert.startsAt - BEFORE_MS;
  const end = alert.resolvedAt === null ? now : Math.min(now, alert.resolvedAt + AFTER_MS);
  return { from, to: Math.min(end, from + LONGEST_MS) };
}
