import type { FormField, ThresholdForm } from './thresholdForm.ts';

const FIELDS: readonly FormField[] = [
  'service',
  'signal',
  'expr',
  'direction',
  'unit',
  'warning',
  'critical',
  'for',
  'owner',
  'runbookUrl',
  'labels',
  'enabled',
];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Fields that a person changed since the form was filled. */
export const changedFields = (before: ThresholdForm, after: ThresholdForm): readonly FormField[] =>
  FIELDS.filter((field) => !isSame(before[field], after[field]));

/** What a person typed over what is stored now: fields they left alone take the newer value. */
export function mergeForms(parts: {
  readonly base: ThresholdForm;
  readonly mine: ThresholdForm;
  readonly theirs: ThresholdForm;
}): ThresholdForm {
  const { base, mine, theirs } = parts;
  const kept = changedFields(base, mine).map((field) => [field, mine[field]] as const);
  return { ...theirs, ...Object.fromEntries(kept), reason: mine.reason };
}
