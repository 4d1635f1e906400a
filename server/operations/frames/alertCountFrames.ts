import { ALERT_SOURCES } from '../../../src/core/alerts/alert.ts';
import { countOverTime, type AlertChange } from '../../../src/core/alerts/countOverTime.ts';
import { SEVERITIES } from '../../../src/core/alerts/severity.ts';
import { USUAL_SOURCES, USUALLY_COUNTED, type AlertGrouping } from '../../../src/core/frames/alertGrouping.ts';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import { buildFrame, numberColumn, timeColumn, warning, type Notice } from './buildFrame.ts';
import { readCountedAlerts, type CountedAlerts } from './countedAlerts.ts';
import type { FrameCall, FrameSource, QueryOf } from './frameSource.ts';

type Query = QueryOf<'alertCounts'>;

/** More lines than anybody could tell apart; the highest are kept. */
const MAX_SERIES = 500;

/** Names of Grafana's palette, which follow its theme. */
const SEVERITY_COLOURS = { info: 'blue', warning: 'yellow', error: 'orange', critical: 'red' } as const;

/** Whole multiples of the step, so that points do not wander, and the end itself: what counts now. */
export function timesOf({ from, to, step, now }: Pick<FrameCall, 'from' | 'to' | 'step' | 'now'>): EpochMs[] {
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

const isAny = <T>(values: readonly T[] | undefined): values is readonly T[] =>
  values !== undefined && values.length > 0;

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

/** The standing groups in their order, then the others, the highest first. */
function seriesOf(
  counted: ReadonlyMap<string, readonly number[]>,
  standing: readonly string[],
  length: number
): readonly Group[] {
  const zeros = Array.from({ length }, () => 0);
  const peak = ({ counts }: Group): number => counts.reduce((most, count) => Math.max(most, count), 0);
  const others = [...counted]
    .filter(([group]) => !standing.includes(group))
    .map(([group, counts]) => ({ group, counts }))
    .toSorted((a, b) => peak(b) - peak(a) || (a.group < b.group ? -1 : 1));
  return [...standing.map((group) => ({ group, counts: counted.get(group) ?? zeros })), ...others];
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
    const counted = countOverTime({ times, changes: read.changes, groupOf: groupOf(query, read) });
    const all = seriesOf(counted, standingGroups(call, query), times.length);
    const shown = all.slice(0, MAX_SERIES);
    const notices: readonly Notice[] =
      shown.length === all.length
        ? read.notices
        : [...read.notices, warning(`These are ${MAX_SERIES} of ${all.length} series; filter to see the others.`)];
    return shown.map(({ group, counts }, index) =>
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
