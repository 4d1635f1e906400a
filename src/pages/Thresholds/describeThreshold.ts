import type { ThresholdView } from '../../api/thresholds.ts';
import { formatHold } from '../../core/formatSpan.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { ANY_SERVICE, type ThresholdSpec } from '../../core/thresholds/threshold.ts';
import { formatLevel } from './parseLevel.ts';

export type Spec = Pick<ThresholdView, keyof ThresholdSpec>;

/** `checkout p95 latency`, or `p95 latency of every service` for a default: the subject of a sentence. */
export const nameThreshold = ({ service, signal }: Pick<Spec, 'service' | 'signal'>): string =>
  service === ANY_SERVICE ? `${describeSignal(signal)} of every service` : `${service} ${describeSignal(signal)}`;

export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const NOTHING = 'none';

const levelText = (value: number | null, { unit }: Spec): string => formatLevel(value, unit) || NOTHING;

const labelsText = ({ labels }: Spec): string =>
  Object.entries(labels)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ') || NOTHING;

/** What each field is called in a sentence, and its value in words. */
const FIELDS: ReadonlyArray<readonly [name: string, text: (spec: Spec) => string]> = [
  ['service', ({ service }) => (service === ANY_SERVICE ? 'every service' : service)],
  ['signal', ({ signal }) => describeSignal(signal)],
  ['fires', ({ direction }) => direction],
  ['warning', (spec) => levelText(spec.warning, spec)],
  ['critical', (spec) => levelText(spec.critical, spec)],
  ['for', (spec) => formatHold(spec.for)],
  ['owner', ({ owner }) => owner || NOTHING],
  ['runbook', ({ runbookUrl }) => runbookUrl || NOTHING],
  ['labels', labelsText],
  ['state', ({ enabled }) => (enabled ? 'enabled' : 'disabled')],
];

/** Every field that differs, in the order of the form. Against nothing, every field that says something. */
export function diffSpecs(before: Spec | null, after: Spec): readonly FieldChange[] {
  return FIELDS.map(([field, text]) => ({
    field,
    before: before === null ? NOTHING : text(before),
    after: text(after),
  })).filter((change) => change.before !== change.after);
}

const LEVEL_FIELDS = ['warning', 'critical', 'for'];

/** `checkout p95 latency: critical 1 s → 800 ms`; for a new one its levels: `checkout p95 latency: warning 300 ms, critical 800 ms`. */
export function describeChange(before: Spec | null, after: Spec): string {
  const changes = diffSpecs(before, after);
  const name = nameThreshold(after);
  if (before === null) {
    const levels = changes.filter(({ field }) => LEVEL_FIELDS.includes(field) && field !== 'for');
    return `${name}: ${levels.map(({ field, after: level }) => `${field} ${level}`).join(', ')}`;
  }
  if (changes.length === 0) {
    return `${name}: nothing changed`;
  }
  return `${name}: ${changes.map((change) => `${change.field} ${change.before} → ${change.after}`).join(', ')}`;
}
