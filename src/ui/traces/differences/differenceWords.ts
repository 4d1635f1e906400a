import type {
  AttributeDifference,
  LeftOut,
  SelectionExplained,
} from '../../../core/traces/compare/attributeDifference.ts';
import { t } from '../../../i18n/t.ts';

export interface HalfNames {
  readonly selection: string;
  readonly rest: string;
}

/** `= "eu-west"`, `≥ 500`, `12 to 30`. */
export function valueWords({ value, range }: Pick<AttributeDifference, 'value' | 'range'>): string {
  if (range === null) {
    return value === '' ? t('ui.difference-words.empty', '(empty)') : String(value);
  }
  const { from, to } = range;
  if (from === null) {
    return to === null
      ? t('ui.difference-words.any-number', 'any number')
      : t('ui.difference-words.below', 'below {{to}}', { to });
  }
  return to === null
    ? t('ui.difference-words.or-more', '{{from}} or more', { from })
    : t('ui.difference-words.to-below', '{{from}} to below {{to}}', { from, to });
}

/** How much was found, and how far it can be trusted. */
export function describeExplained(explained: SelectionExplained, names: HalfNames): string {
  const { selection, rest, items, isSmall, tests } = explained;
  if (selection === 0 || rest === 0) {
    return t('ui.difference-words.no-trace', 'There is no trace in the {{name}}, so there is nothing to compare.', {
      name: selection === 0 ? names.selection : names.rest,
    });
  }
  if (items.length === 0) {
    return t('ui.difference-words.alike', 'All attributes are the same in both ({{selection}} and {{rest}} traces).', {
      selection,
      rest,
    });
  }
  if (isSmall) {
    return t(
      'ui.difference-words.too-few',
      'Too few traces to tell a difference from chance ({{selection}} and {{rest}}): treat these as hints.',
      { selection, rest }
    );
  }
  const sure = items.filter(({ test }) => test?.isSignificant === true);
  const [first] = sure;
  if (first === undefined) {
    return t(
      'ui.difference-words.none-clear',
      'No attribute is clearly different ({{selection}} and {{rest}} traces, {{tests}} values tested): what is listed may be chance.',
      { selection, rest, tests }
    );
  }
  const values = {
    ...{ key: first.key, value: valueWords(first), sure: sure.length },
    ...{ selected: first.selection, selection, selectionName: names.selection },
    ...{ others: first.rest, rest, restName: names.rest },
  };
  return sure.length === 1
    ? t(
        'ui.difference-words.clear',
        '{{key}} {{value}} is in {{selected}} of {{selection}} of the {{selectionName}}, and in {{others}} of {{rest}} of the {{restName}}.',
        values
      )
    : t(
        'ui.difference-words.clear-more',
        '{{key}} {{value}} is in {{selected}} of {{selection}} of the {{selectionName}}, and in {{others}} of {{rest}} of the {{restName}}; {{sure}} values are clearly different.',
        values
      );
}

/** That the list is not the whole of it. */
export const describeItemsLeftOut = (count: number): string =>
  t('ui.difference-words.items-left-out', '', {
    count,
    defaultValue_one: '{{count}} value with the least difference is not listed.',
    defaultValue_other: '{{count}} values with the least difference are not listed.',
  });

const MOST_NAMED = 6;

/** Which attributes were not compared, and why. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const named = leftOut
    .slice(0, MOST_NAMED)
    .map(({ key, values }) => t('ui.difference-words.named', '{{key}} ({{values}} values)', { key, values }))
    .join(', ');
  const more = Math.max(0, leftOut.length - MOST_NAMED);
  return more > 0
    ? t(
        'ui.difference-words.left-out-more',
        'Left out, because almost every value is unique: {{named}} and {{more}} more.',
        { named, more }
      )
    : t('ui.difference-words.left-out', 'Left out, because almost every value is unique: {{named}}.', { named });
}
