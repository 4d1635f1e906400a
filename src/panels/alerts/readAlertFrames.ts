import type { DataFrame } from '@grafana/data';
import type { ALERT_COLUMNS } from '../../api/frames.ts';
import { ALERT_STATES, SUPPRESSION_KINDS, type AlertState } from '../../core/alerts/alert.ts';
import { bySeverity, SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import { teamOf } from '../../core/alerts/team.ts';
import type { Labels } from '../../core/labels.ts';
import type { Standing } from '../../ui/describeStanding.ts';

type Column = (typeof ALERT_COLUMNS)[number];

/** One alert as the frame has it. */
export interface AlertRow extends Standing {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly service: string;
  readonly value: number | null;
  readonly unit: string | null;
  /** Label `team`, else `owner`. */
  readonly team: string;
  readonly owner: string;
  readonly source: string;
  /** Epoch ms. */
  readonly startsAt: number;
  readonly labels: Labels;
}

export type AlertReading =
  | { readonly kind: 'alerts'; readonly rows: readonly AlertRow[] }
  /** There are frames, but not of alerts. */
  | { readonly kind: 'other'; readonly missing: readonly Column[] }
  | { readonly kind: 'nothing' };

/** Without these a row says nothing; what else is missing was left out on purpose. */
const NEEDED: readonly Column[] = ['id', 'summary', 'severity', 'state', 'startsAt'];

/** The rows of all frames that hold alerts, each alert once; in the frame's order, or by urgency when there are several. */
export function readAlertFrames(frames: readonly DataFrame[]): AlertReading {
  if (frames.length === 0) {
    return { kind: 'nothing' };
  }
  const missing = frames.map((frame) => NEEDED.filter((name) => !frame.fields.some((field) => field.name === name)));
  const fitting = frames.filter((_, index) => missing[index]?.length === 0);
  if (fitting.length === 0) {
    return { kind: 'other', missing: missing.reduce((least, one) => (one.length < least.length ? one : least)) };
  }
  const rows = [...new Map(fitting.flatMap(rowsOf).map((row) => [row.id, row])).values()];
  return { kind: 'alerts', rows: fitting.length === 1 ? rows : rows.toSorted(byUrgency) };
}

const byUrgency = (a: AlertRow, b: AlertRow): number =>
  bySeverity(a.severity, b.severity) ||
  Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
  a.startsAt - b.startsAt;

function rowsOf(frame: DataFrame): AlertRow[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  return Array.from({ length: frame.length }, (_, index) => {
    const cell = (name: Column): unknown => columns.get(name)?.[index];
    const text = (name: Column): string => {
      const value = cell(name);
      return typeof value === 'string' ? value : '';
    };
    const number = (name: Column): number | null => {
      const value = cell(name);
      return typeof value === 'number' ? value : null;
    };
    const by = text('acknowledgedBy');
    const labels = labelsOf(cell('labels'));
    return {
      ...{ id: text('id'), summary: text('summary'), service: text('service'), owner: text('owner') },
      ...{ source: text('source'), team: teamOf(labels) || text('owner'), labels },
      severity: toSeverity(text('severity')),
      state: toState(text('state')),
      value: number('value'),
      unit: text('unit') || null,
      startsAt: number('startsAt') ?? 0,
      acknowledged: by === '' ? null : { by, comment: text('acknowledgedComment') },
      suppressedBy: suppressionsOf(text('suppressed')),
    };
  });
}

const labelsOf = (value: unknown): Labels =>
  Object.fromEntries(
    Object.entries(Object(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  );

const toSeverity = (text: string): Severity => SEVERITIES.find((known) => known === text) ?? 'info';
const toState = (text: string): AlertState => ALERT_STATES.find((known) => known === text) ?? 'firing';

/** The column names the kinds, such as `silence, inhibition`. */
const suppressionsOf = (text: string): Standing['suppressedBy'] =>
  SUPPRESSION_KINDS.filter((kind) => text.includes(kind)).map((kind) => ({ kind }));
