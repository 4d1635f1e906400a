import type { Series } from '../series.ts';
import { minutes, type EpochMs } from '../units.ts';
import type { Deploy } from './evidence.ts';

/** A version that is missing for longer has been away; less is a restart, or scrapes that failed, unless another one ran meanwhile. */
const AWAY_AFTER = minutes(5);

interface Run {
  readonly version: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Deploys, from the info series of one service (label `version`, one series or more for each): where a version appears while another
 * has been seen since it last was. What comes first is no deploy: nobody knows what ran before. A return to an older version is one.
 * @returns oldest first
 */
export function findDeploys(series: readonly Series[]): Deploy[] {
  const runs = runsOf(series);
  return runs
    .flatMap((run) => {
      const previous = runningBefore(run, runs);
      return previous.length === 0 ? [] : [{ at: run.from, version: run.version, previous }];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Every version of the series, sorted as text. */
export const versionsOf = (series: readonly Series[]): string[] =>
  [...new Set(series.map(versionOf))].filter((version) => version !== '').toSorted();

const versionOf = ({ labels }: Pick<Series, 'labels'>): string => labels['version'] ?? '';

function runsOf(series: readonly Series[]): Run[] {
  const seen = new Map(versionsOf(series).map((version) => [version, timesOf(version, series)]));
  const moments = [...new Set([...seen.values()].flatMap((times) => [...times]))].toSorted((a, b) => a - b);
  const position = new Map(moments.map((moment, index) => [moment, index]));
  const isGap = (from: EpochMs, to: EpochMs): boolean => (position.get(to) ?? 0) - (position.get(from) ?? 0) > 1;
  return [...seen].flatMap(([version, times]) => {
    const others = [...seen].flatMap(([name, own]) => (name === version ? [] : [own]));
    const isReplaced = (from: EpochMs, to: EpochMs): boolean =>
      isGap(from, to) && others.some((other) => isBetween(other, from, to));
    return splitAtGaps([...times], isReplaced).map((run) => ({ version, ...run }));
  });
}

/** When a version was seen, in order. */
function timesOf(version: string, series: readonly Series[]): ReadonlySet<EpochMs> {
  const own = series.filter((one) => versionOf(one) === version);
  const times = own.flatMap((one) => one.times.filter((_, index) => Number.isFinite(one.values[index])));
  return new Set(times.toSorted((a, b) => a - b));
}

/** Whether a version came and went between two moments: then it ran in place of the one that was there at both. */
const isBetween = (times: ReadonlySet<EpochMs>, from: EpochMs, to: EpochMs): boolean =>
  !times.has(from) && !times.has(to) && [...times].some((time) => time > from && time < to);

function splitAtGaps(
  times: readonly EpochMs[],
  isReplaced: (from: EpochMs, to: EpochMs) => boolean
): Array<Omit<Run, 'version'>> {
  const runs: Array<{ from: EpochMs; to: EpochMs }> = [];
  for (const time of times) {
    const last = runs.at(-1);
    if (last !== undefined && time - last.to <= AWAY_AFTER && !isReplaced(last.to, time)) {
      last.to = time;
    } else {
      runs.push({ from: time, to: time });
    }
  }
  return runs;
}

/** Other versions seen after this one last was and before it came; of those, the ones that ran until it came or ended last. */
function runningBefore(run: Run, runs: readonly Run[]): string[] {
  const before = runs.filter(({ from }) => from < run.from);
  const lastSeen = Math.max(...before.filter(({ version }) => version === run.version).map(({ to }) => to), -Infinity);
  const others = before.filter(({ version, to }) => version !== run.version && to > lastSeen);
  const newest = Math.max(...others.map(({ to }) => Math.min(to, run.from)));
  const running = others.filter(({ to }) => Math.min(to, run.from) === newest);
  return [...new Set(running.map(({ version }) => version))].toSorted();
}
