import { t } from '../../i18n/t.ts';
import { answerAlerts, type AlertCounts, type AlertsAnswer } from '../../ui/answerAlerts.ts';
import type { AlertsPanelOptions, Order } from './options.ts';
import type { AlertRow } from './readAlertFrames.ts';

export interface Selected {
  readonly rows: readonly AlertRow[];
  /** Left out because the panel's options say so. */
  readonly hidden: number;
  /** Left out because there are more than the panel shows. */
  readonly beyond: number;
}

type Selection = Pick<
  AlertsPanelOptions,
  'severities' | 'search' | 'hideAcknowledged' | 'hideSuppressed' | 'order' | 'maxRows'
>;

/** The order of the rows as they come is that of urgency. */
const COMPARE: Readonly<Record<Exclude<Order, 'urgency'>, (a: AlertRow, b: AlertRow) => number>> = {
  newest: (a, b) => b.startsAt - a.startsAt,
  oldest: (a, b) => a.startsAt - b.startsAt,
};

/** What words stand for with the variables of the dashboard filled in; undefined where any will do. */
export type Expand = (words: readonly string[]) => readonly string[] | undefined;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

/** For each word of a search what it may be; each of those is words in turn, that must all stand. */
const readSearch = (search: string, expand: Expand): ReadonlyArray<ReadonlyArray<readonly string[]>> =>
  wordsOf(search).flatMap((word) => {
    const values = expand([word]);
    return values === undefined ? [] : [values.map((value) => wordsOf(value.toLowerCase()))];
  });

function fits(
  wanted: ReturnType<typeof readSearch>,
  { summary, service, team, owner, source, labels }: AlertRow
): boolean {
  const said = [summary, service, team, owner, source, ...Object.values(labels)].join('\n').toLowerCase();
  return wanted.every((either) => either.some((words) => words.every((word) => said.includes(word))));
}

/** What a panel shows of its rows. */
export function selectRows(all: readonly AlertRow[], options: Selection, expand: Expand): Selected {
  const { severities, search, hideAcknowledged, hideSuppressed, order, maxRows } = options;
  const sought = readSearch(search, expand);
  const wanted = all.filter(
    (row) =>
      (severities.length === 0 || severities.includes(row.severity)) &&
      !(hideAcknowledged && row.acknowledged !== null) &&
      !(hideSuppressed && row.suppressedBy.length > 0) &&
      fits(sought, row)
  );
  const shown = wanted.slice(0, Math.max(1, maxRows));
  const rows = order === 'urgency' ? shown : shown.toSorted(COMPARE[order]);
  return {
    rows,
    hidden: all.length - wanted.length,
    beyond: wanted.length - rows.length,
  };
}

function countOpen(open: readonly AlertRow[]): AlertCounts {
  const bySeverity = { info: 0, warning: 0, error: 0, critical: 0 };
  open.forEach(({ severity }) => (bySeverity[severity] += 1));
  const waiting = open.filter(({ acknowledged }) => acknowledged === null);
  const oldest = waiting.reduce((least, { startsAt }) => Math.min(least, startsAt), Number.POSITIVE_INFINITY);
  return {
    total: open.length,
    bySeverity,
    unacknowledged: waiting.length,
    oldestUnacknowledgedAt: waiting.length === 0 ? null : oldest,
  };
}

/** What all the rows of the query say in a sentence, also those that the panel leaves out. `now` in epoch ms. */
export function answerRows(all: readonly AlertRow[], now: number): AlertsAnswer {
  const open = all.filter(({ state }) => state !== 'resolved');
  const answer = answerAlerts(countOpen(open), { now, filtered: false });
  const resolved = all.length - open.length;
  return resolved === 0
    ? answer
    : {
        ...answer,
        text: t('panel.select-rows.resolved', '{{text}} {{resolved}} resolved.', { text: answer.text, resolved }),
      };
}

/** What is not shown, in words; empty when all is. */
export function describeLeftOut({ rows, hidden, beyond }: Selected): string {
  return [
    ...(beyond === 0
      ? []
      : [
          t('panel.select-rows.the-most-urgent-of', 'The {{shown}} most urgent of {{total}}.', {
            shown: rows.length,
            total: rows.length + beyond,
          }),
        ]),
    ...(hidden === 0
      ? []
      : [
          t('panel.select-rows.hidden', '', {
            count: hidden,
            defaultValue_one: "{{count}} more is hidden by the panel's options.",
            defaultValue_other: "{{count}} more are hidden by the panel's options.",
          }),
        ]),
  ].join(' ');
}
