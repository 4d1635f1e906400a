import type { Labels } from '../../../src/core/labels.ts';

/** Limits of what one alert may carry; longer values are cut and counted, more labels are refused. */
const MAX_LABELS = 64;
const MAX_NAME = 128;
const MAX_VALUE = 2048;
const CUT_MARK = '…';

interface LabelSetResult {
  readonly labels: Labels;
  /** How many values were cut. */
  readonly cut: number;
}

/** @returns the label set with empty values dropped as Prometheus does, or a sentence saying what is wrong */
export function parseLabelSet(value: unknown, what: string): LabelSetResult | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `${what} is not an object of names to text`;
  }
  const entries = Object.entries(value).filter(([, text]) => text !== '');
  const problem =
    entries.length > MAX_LABELS
      ? `${what} has ${entries.length} entries; expected at most ${MAX_LABELS}`
      : firstProblem(entries, what);
  if (problem !== undefined) {
    return problem;
  }
  let cut = 0;
  const stored = entries.map(([name, text]) => {
    const whole = String(text).replaceAll('\0', '\uFFFD');
    const tooLong = whole.length > MAX_VALUE;
    cut += tooLong ? 1 : 0;
    return [name, tooLong ? whole.slice(0, MAX_VALUE - 1) + CUT_MARK : whole] as const;
  });
  // Not by assignment: a label may be called `__proto__`.
  return { labels: Object.fromEntries(stored), cut };
}

function firstProblem(entries: ReadonlyArray<readonly [string, unknown]>, what: string): string | undefined {
  for (const [name, text] of entries) {
    if (typeof text !== 'string') {
      return `${what}.${name.slice(0, MAX_NAME)} is ${text === null ? 'null' : typeof text}; expected text`;
    }
    if (name === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name)) {
      return `${what} has the name "${name.slice(0, 40)}"; expected 1 to ${MAX_NAME} characters without control characters`;
    }
  }
  return undefined;
}

export interface CarriedLabels {
  readonly labels: Labels;
  readonly annotations: Labels;
  /** How many values of both were cut. */
  readonly cut: number;
}

/** Labels and annotations of one alert. @returns a sentence when they are not acceptable; labels must not be empty */
export function parseCarried(sent: { labels?: unknown; annotations?: unknown }): CarriedLabels | string {
  const labels = parseLabelSet(sent.labels, 'labels');
  const annotations = parseLabelSet(sent.annotations ?? {}, 'annotations');
  if (typeof labels === 'string') {
    return labels;
  }
  if (typeof annotations === 'string') {
    return annotations;
  }
  if (Object.keys(labels.labels).length === 0) {
    return 'labels: expected at least one, to know the alert by';
  }
  return { labels: labels.labels, annotations: annotations.labels, cut: labels.cut + annotations.cut };
}
