import { ALERT_SOURCES } from '../../../src/core/alerts/alert.ts';
import {
  countOverTime,
  peaksOverTime,
  type AlertChange,
  type CountRequest,
} from '../../../src/core/alerts/countOverTime.ts';
import { SEVERITIES } from '../../../src/core/alerts/severity.ts';
import { USUAL_SOURCES, USUALLY_COUNTED, type AlertGrouping } from '../../../src/core/frames/alertGrouping.ts';
import { isAny } from '../../../src/core/isAny.ts';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import { buildFrame, numberColumn, timeColumn, warning, type Notice } from './buildFrame.ts';
import { readCountedAlerts, type CountedAlerts } from './countedAlerts.ts';
import type { FrameCall, FrameSource, QueryOf } from './frameSource.ts';

type Query = QueryOf<'alertCounts'>;

/** More lines than anybody could tell apart; the highest are kept. */
const MAX_SERIES = 500;
/** More points than a screen has; series of that many are what the relay lets through. */
const MAX_POINTS = 2000;

/** Names of Grafana's palette, which follow its theme. */
const SEVERITY_COLOURS = { info: 'blue', warning: 'yellow', error: 'orange', critical: 'red' } as const;

/** Whole multiples of the step, so that points do not wander, and the end itself: what counts now. */
export function timesOf({ from, to, step: asked, now }: Pick<FrameCall, 'from' | 'to' | 'step' | 'now'>): EpochMs[] {
  const step = asked * Math.max(1, Math.ceil((to - from) / asked / MAX_POINTS));
  const end = Math.min(to, now);
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.ceil((end - first) / step));
  const aligned = Array.from({ length: count }, (_, index) => epochMs(first + index * step));
  return end < from ? [] : [...aligned, epochMs(end)];
}

function groupOf({ states, severities, groupBy }: Query, { alerts }: CountedAlerts) {
  const counted: readonly string[] = isAny(states) ? states : USUALLY_COUNTED;
  const isWanted = ({ state, severity }: AlertChange): boolean =>
    counted.includes(state) && (!isAny(severities) || severities.includes(severity));
  const groups: Readonly<Record<AlertGrouping, (change: AlertChange) => string>> = {
    none: () => '',
    severity: ({ severity }) => severity,
    state: ({ state }) => state,
    service: ({ alertId }) => alerts.get(alertId)?.service ?? '',
    source: ({ alertId }) => alerts.get(alertId)?.source ?? '',
  };
  return (change: AlertChange): string | undefined => (isWanted(change) ? groups[groupBy](change) : undefined);
}

/**
 * Groups that are there although nothing is counted in them: a rule of Grafana wants a zero, as no series at all means no data to it.
 * It gets one for every service too, which would only crowd a chart.
 */
function standingGroups({ deps, namespace, fromAlert }: FrameCall, query: Query): readonly string[] {
  const { groupBy, severities, states, sources, services = [] } = query;
  const known =
    fromAlert && services.length === 0 ? deps.discovery.services(namespace).map(({ name }) => name) : services;
  const groups: Readonly<Record<AlertGrouping, readonly string[]>> = {
    none: [''],
    severity: SEVERITIES.filter((severity) => !isAny(severities) || severities.includes(severity)).toReversed(),
    state: isAny(states) ? states : USUALLY_COUNTED,
    source: ALERT_SOURCES.filter((source) => (isAny(sources) ? sources : USUAL_SOURCES).includes(source)),
    service: known.toSorted(),
  };
  return groups[groupBy];
}

interface Group {
  readonly group: string;
  readonly counts: readonly number[];
}

interface Shown {
  readonly series: readonly Group[];
  /** Those that are not shown too. */
  readonly total: number;
}

/** The standing groups in their order, then the others, the highest first; only what is shown is counted point by point. */
function seriesOf(request: CountRequest<AlertChange>, standing: readonly string[]): Shown {
  const peaks = peaksOverTime(request);
  const others = [...peaks.keys()]
    .filter((group) => !standing.includes(group))
    .toSorted((a, b) => (peaks.get(b) ?? 0) - (peaks.get(a) ?? 0) || (a < b ? -1 : 1));
  const all = [...standing, ...others];
  const shown = new Set(all.slice(0, MAX_SERIES));
  const counted = countOverTime({
    ...request,
    groupOf: (change) => {
      const group = request.groupOf(change);
      return group !== undefined && shown.has(group) ? group : undefined;
    },
  });
  const zeros = request.times.map(() => 0);
  return { series: [...shown].map((group) => ({ group, counts: counted.get(group) ?? zeros })), total: all.length };
}

const titleOf = (groupBy: AlertGrouping, group: string): string =>
  groupBy === 'none' ? 'Alerts' : group === '' ? `no ${groupBy}` : group;

const colourOf = (groupBy: AlertGrouping, group: string) => {
  const severity = groupBy === 'severity' ? SEVERITIES.find((known) => known === group) : undefined;
  return severity === undefined ? {} : { color: { mode: 'fixed', fixedColor: SEVERITY_COLOURS[severity] } };
};

/** How many alerts stood so at each time, replayed from the history. */
export const alertCountFrames: FrameSource<'alertCounts'> = {
  isTable: false,
  async answer(call, query) {
    const { services, owners, sources, groupBy } = query;
    const filter = { services, owners, sources: isAny(sources) ? sources : USUAL_SOURCES };
    const read = await readCountedAlerts(call, filter);
    const times = timesOf(call).filter((time) => time >= read.since);
    const { series, total } = seriesOf(
      { times, changes: read.changes, groupOf: groupOf(query, read) },
      standingGroups(call, query)
    );
    const notices: readonly Notice[] =
      series.length === total
        ? read.notices
        : [...read.notices, warning(`These are ${MAX_SERIES} of ${total} series; filter to see the others.`)];
    return series.map(({ group, counts }, index) =>
      buildFrame(
        {
          ...{ refId: call.refId, name: 'alerts' },
          meta: { type: 'timeseries-multi', ...(index === 0 && notices.length > 0 ? { notices: [...notices] } : {}) },
        },
        [
          timeColumn('time', times),
          numberColumn('alerts', counts, {
            labels: groupBy === 'none' ? {} : { [groupBy]: group },
            config: {
              displayNameFromDS: titleOf(groupBy, group),
              unit: 'short',
              decimals: 0,
              ...colourOf(groupBy, group),
            },
          }),
        ]
      )
    );
  },
};
