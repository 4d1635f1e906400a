import type { ThresholdView } from '../../api/thresholds.ts';
import { ANY_SERVICE } from '../../core/thresholds/threshold.ts';

export interface ThresholdRow {
  readonly threshold: ThresholdView;
  readonly isDefault: boolean;
  /** Stands below the default that it overrides. */
  readonly overrides: ThresholdView | undefined;
}

const signalKey = ({ signal }: ThresholdView): string => (typeof signal === 'string' ? signal : `expr:${signal.expr}`);

const byServiceAndSignal = (a: ThresholdView, b: ThresholdView): number =>
  a.service.localeCompare(b.service) || signalKey(a).localeCompare(signalKey(b)) || a.id.localeCompare(b.id);

/** Each default with the overrides of its signal below it, then the thresholds that override nothing, by service. */
export function groupThresholds(thresholds: readonly ThresholdView[]): readonly ThresholdRow[] {
  const sorted = thresholds.toSorted(byServiceAndSignal);
  const defaults = sorted.filter(({ service }) => service === ANY_SERVICE);
  const own = sorted.filter(({ service }) => service !== ANY_SERVICE);
  const bySignal = new Map(defaults.map((threshold) => [signalKey(threshold), threshold]));
  const overridesOf = (key: string): readonly ThresholdRow[] =>
    own
      .filter((threshold) => signalKey(threshold) === key)
      .map((threshold) => ({ threshold, isDefault: false, overrides: bySignal.get(key) }));
  return [
    ...defaults.flatMap((threshold) => [
      { threshold, isDefault: true, overrides: undefined },
      ...overridesOf(signalKey(threshold)),
    ]),
    ...own
      .filter((threshold) => !bySignal.has(signalKey(threshold)))
      .map((threshold) => ({ threshold, isDefault: false, overrides: undefined })),
  ];
}

/** Rows whose service, signal, owner or labels hold all words; a default stays while one of its overrides does. */
export function filterRows(
  rows: readonly ThresholdRow[],
  { text, service }: { text: string; service: string | undefined }
): readonly ThresholdRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ threshold }: ThresholdRow): boolean => {
    const { owner, labels } = threshold;
    const hay = [threshold.service, signalKey(threshold), owner, ...Object.entries(labels).flat()].join('\n');
    const isOfService = service === undefined || threshold.service === service || threshold.service === ANY_SERVICE;
    return isOfService && words.every((word) => hay.toLowerCase().includes(word));
  };
  const kept = rows.filter(matches);
  const needed = new Set(kept.flatMap(({ overrides }) => (overrides === undefined ? [] : [overrides.id])));
  return rows.filter((row) => kept.includes(row) || needed.has(row.threshold.id));
}
