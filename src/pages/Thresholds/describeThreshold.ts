import type { ThresholdView } from '../../api/thresholds.ts';
import { formatHold } from '../../core/formatSpan.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { ANY_SERVICE, type ThresholdSpec } from '../../core/thresholds/threshold.ts';
import { t } from '../../i18n/t.ts';
import { formatLevel } from './parseLevel.ts';

export type Spec = Pick<ThresholdView, keyof ThresholdSpec>;

/** `checkout p95 latency`, or `p95 latency of every service` for a default: the subject of a sentence. */
export const nameThreshold = ({ service, signal }: Pick<Spec, 'service' | 'signal'>): string =>
  service === ANY_SERVICE
    ? t('thresholds.describe-threshold.of-every-service', '{{signal}} of every service', {
        signal: describeSignal(signal),
      })
    : `${service} ${describeSignal(signal)}`;

const FIELD_NAMES = {
  service: () => t('thresholds.describe-threshold.field-service', 'service'),
  signal: () => t('thresholds.describe-threshold.field-signal', 'signal'),
  fires: () => t('thresholds.describe-threshold.field-fires', 'fires'),
  warning: () => t('thresholds.describe-threshold.field-warning', 'warning'),
  critical: () => t('thresholds.describe-threshold.field-critical', 'critical'),
  for: () => t('thresholds.describe-threshold.field-for', 'for'),
  owner: () => t('thresholds.describe-threshold.field-owner', 'owner'),
  runbook: () => t('thresholds.describe-threshold.field-runbook', 'runbook'),
  labels: () => t('thresholds.describe-threshold.field-labels', 'labels'),
  state: () => t('thresholds.describe-threshold.field-state', 'state'),
} as const;

type FieldName = keyof typeof FIELD_NAMES;

/** What a field is called in a sentence. */
export const fieldName = (field: FieldName): string => FIELD_NAMES[field]();

export interface FieldChange {
  readonly field: FieldName;
  readonly before: string;
  readonly after: string;
}

const DIRECTION = {
  above: () => t('thresholds.describe-threshold.above', 'above'),
  below: () => t('thresholds.describe-threshold.below', 'below'),
} as const;

const STATE = {
  enabled: () => t('thresholds.describe-threshold.enabled', 'enabled'),
  disabled: () => t('thresholds.describe-threshold.disabled', 'disabled'),
} as const;

const nothing = (): string => t('thresholds.describe-threshold.nothing', 'none');

const levelText = (value: number | null, { unit }: Spec): string => formatLevel(value, unit) || nothing();

const labelsText = ({ labels }: Spec): string =>
  Object.entries(labels)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ') || nothing();

/** The value of each field in words, in the order of the form. */
const FIELDS: ReadonlyArray<readonly [name: FieldName, text: (spec: Spec) => string]> = [
  [
    'service',
    ({ service }) =>
      service === ANY_SERVICE ? t('thresholds.describe-threshold.every-service', 'every service') : service,
  ],
  ['signal', ({ signal }) => describeSignal(signal)],
  ['fires', ({ direction }) => DIRECTION[direction]()],
  ['warning', (spec) => levelText(spec.warning, spec)],
  ['critical', (spec) => levelText(spec.critical, spec)],
  ['for', (spec) => formatHold(spec.for)],
  ['owner', ({ owner }) => owner || nothing()],
  ['runbook', ({ runbookUrl }) => runbookUrl || nothing()],
  ['labels', labelsText],
  ['state', ({ enabled }) => STATE[enabled ? 'enabled' : 'disabled']()],
];

/** Every field that differs, in the order of the form. Against nothing, every field that says something. */
export function diffSpecs(before: Spec | null, after: Spec): readonly FieldChange[] {
  return FIELDS.map(([field, text]) => ({
    field,
    before: before === null ? nothing() : text(before),
    after: text(after),
  })).filter((change) => change.before !== change.after);
}

const LEVEL_FIELDS: readonly FieldName[] = ['warning', 'critical', 'for'];

/** `checkout p95 latency: critical 1 s → 800 ms`; for a new one its levels: `checkout p95 latency: warning 300 ms, critical 800 ms`. */
export function describeChange(before: Spec | null, after: Spec): string {
  const changes = diffSpecs(before, after);
  const name = nameThreshold(after);
  if (before === null) {
    const levels = changes.filter(({ field }) => LEVEL_FIELDS.includes(field) && field !== 'for');
    return `${name}: ${levels.map(({ field, after: level }) => `${fieldName(field)} ${level}`).join(', ')}`;
  }
  if (changes.length === 0) {
    return t('thresholds.describe-threshold.nothing-changed', '{{name}}: nothing changed', { name });
  }
  return `${name}: ${changes.map((change) => `${fieldName(change.field)} ${change.before} → ${change.after}`).join(', ')}`;
}
