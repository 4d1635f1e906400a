import { findSignal, type Signal, type Unit } from '../signals/catalogue.ts';
import { formatValue } from '../signals/formatValue.ts';
import { durationMs, hours } from '../units.ts';
import { ANY_SERVICE, type ThresholdSignal, type ThresholdSpec } from './threshold.ts';

/** A threshold as a person sends it: what is left out takes the signal's default. */
export type ThresholdDraft = Pick<ThresholdSpec, 'service' | 'signal'> & {
  readonly [K in Exclude<keyof ThresholdSpec, 'service' | 'signal'>]?: ThresholdSpec[K] | undefined;
};

export interface ThresholdError {
  /** Name of the field. */
  readonly path: keyof ThresholdSpec;
  readonly message: string;
}

/** Longest `for`: longer than that is a report, not an alert. */
const MAX_FOR = hours(24);

/** Labels that the compiled rule sets itself. */
const RESERVED_LABELS = ['service', 'signal', 'severity', 'threshold', 'owner'];

const LOWEST: Readonly<Record<Unit, number>> = {
  seconds: 0,
  ratio: 0,
  per_second: 0,
  bytes: 0,
  bytes_per_second: 0,
  count: 0,
  none: Number.NEGATIVE_INFINITY,
};
const HIGHEST: Readonly<Partial<Record<Unit, number>>> = { ratio: 1 };
/** Saturation is load per core too, which has no upper end. */
const UNBOUNDED_SIGNALS: ReadonlySet<ThresholdSignal> = new Set(['saturation']);

/** Fills in what was left out: direction and unit from the signal, no levels, no `for`, enabled. */
export function withDefaults(draft: ThresholdDraft): ThresholdSpec {
  const { service, signal, enabled = true, labels = {}, owner = '', runbookUrl = '' } = draft;
  const known = typeof signal === 'string' ? findSignal(signal) : undefined;
  return { service, signal, enabled, labels, owner, runbookUrl, ...ruleDefaults(draft, known) };
}

function ruleDefaults(draft: ThresholdDraft, known: Signal | undefined) {
  const { warning = null, critical = null } = draft;
  return {
    warning,
    critical,
    direction: draft.direction ?? known?.direction ?? 'above',
    unit: draft.unit ?? known?.unit ?? 'none',
    for: draft.for ?? durationMs(0),
  };
}

/** Every fault of a threshold, each with the field beside which a form shows it; empty when it is sound. */
export function validateThreshold(spec: ThresholdSpec): readonly ThresholdError[] {
  return [...serviceErrors(spec), ...unitErrors(spec), ...levelErrors(spec), ...forErrors(spec), ...labelErrors(spec)];
}

function serviceErrors({ service, signal }: ThresholdSpec): readonly ThresholdError[] {
  const errors: ThresholdError[] = [];
  if (service.trim() === '') {
    errors.push({ path: 'service', message: `Expected the name of a service, or ${ANY_SERVICE} for every service.` });
  } else if (service !== ANY_SERVICE && service.includes(ANY_SERVICE)) {
    errors.push({
      path: 'service',
      message: `"${service}" is not a pattern: expected one service by its whole name, or ${ANY_SERVICE} alone for every service.`,
    });
  }
  if (typeof signal !== 'string' && signal.expr.trim() === '') {
    errors.push({ path: 'signal', message: 'Expected a PromQL expression.' });
  }
  return errors;
}

function unitErrors({ signal, unit }: ThresholdSpec): readonly ThresholdError[] {
  const known = typeof signal === 'string' ? findSignal(signal) : undefined;
  return known === undefined || known.unit === unit
    ? []
    : [{ path: 'unit', message: `${known.title} is measured in ${known.unit}, not in ${unit}.` }];
}

function levelErrors(spec: ThresholdSpec): readonly ThresholdError[] {
  const { warning, critical, direction, unit } = spec;
  if (warning === null && critical === null) {
    return [{ path: 'warning', message: 'Expected a warning level, a critical level or both.' }];
  }
  const ranges = (['warning', 'critical'] as const).flatMap((path) => rangeErrors(spec, path));
  if (ranges.length > 0 || warning === null || critical === null) {
    return ranges;
  }
  const ordered = direction === 'above' ? warning < critical : warning > critical;
  if (ordered) {
    return [];
  }
  const side = direction === 'above' ? 'above' : 'below';
  return [
    {
      path: 'critical',
      message: `Expected a critical level ${side} the warning level of ${formatValue(warning, unit)}, as the alert is for values ${side} it.`,
    },
  ];
}

function rangeErrors(spec: ThresholdSpec, path: 'warning' | 'critical'): readonly ThresholdError[] {
  const value = spec[path];
  if (value === null) {
    return [];
  }
  if (!Number.isFinite(value)) {
    return [{ path, message: 'Expected a number.' }];
  }
  if (value < LOWEST[spec.unit]) {
    return [{ path, message: 'Expected 0 or more.' }];
  }
  const highest = UNBOUNDED_SIGNALS.has(spec.signal) ? undefined : HIGHEST[spec.unit];
  return highest !== undefined && value > highest
    ? [{ path, message: `Expected a ratio from 0 to 1, such as ${exampleRatio(value)}.` }]
    : [];
}

/** Who writes 5 means 5 %; who writes 500 means something else. */
const exampleRatio = (value: number): string => (value <= 100 ? `${value / 100} for ${value} %` : '0.05 for 5 %');

function forErrors(spec: ThresholdSpec): readonly ThresholdError[] {
  return spec.for >= 0 && spec.for <= MAX_FOR ? [] : [{ path: 'for', message: 'Expected a duration from 0s to 24h.' }];
}

function labelErrors({ labels }: ThresholdSpec): readonly ThresholdError[] {
  const taken = Object.keys(labels).filter((name) => RESERVED_LABELS.includes(name));
  return taken.length === 0
    ? []
    : [
        {
          path: 'labels',
          message: `The label ${taken.join(', ')} is set by the threshold itself: choose another name.`,
        },
      ];
}
