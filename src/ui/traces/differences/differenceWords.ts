import type {
  AttributeDifference,
  LeftOut,
  SelectionExplained,
} from '../../../core/traces/compare/attributeDifference.ts';

export interface HalfNames {
  readonly selection: string;
  readonly rest: string;
}

/** `= "eu-west"`, `≥ 500`, `12 to 30`. */
export function valueWords({ value, range }: Pick<AttributeDifference, 'value' | 'range'>): string {
  if (range === null) {
    return value === '' ? '(empty)' : String(value);
  }
  const { from, to } = range;
  if (from === null) {
    return to === null ? 'any number' : `below ${to}`;
  }
  return to === null ? `${from} or more` : `${from} to below ${to}`;
}

/** How much was found, and how far it can be trusted. */
export function describeExplained(explained: SelectionExplained, names: HalfNames): string {
  const { selection, rest, items, isSmall, tests } = explained;
  if (selection === 0 || rest === 0) {
    return `There is no trace in the ${selection === 0 ? names.selection : names.rest}, so there is nothing to compare.`;
  }
  if (items.length === 0) {
    return `All attributes are alike in both (${selection} and ${rest} traces).`;
  }
  if (isSmall) {
    return `Too few traces to tell cause from chance (${selection} and ${rest}): read the differences as hints.`;
  }
  const sure = items.filter(({ test }) => test?.isSignificant === true);
  const [first] = sure;
  return first === undefined
    ? `No attribute is clearly different (${selection} and ${rest} traces, ${tests} values tested): what is listed may be chance.`
    : `${first.key} ${valueWords(first)} is in ${first.selection} of ${selection} of the ${names.selection}, and in ${first.rest} of ${rest} of the ${names.rest}${sure.length === 1 ? '' : `; ${sure.length} values are clearly different`}.`;
}

const MOST_NAMED = 6;

/** Which attributes were not compared, and why. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, MOST_NAMED).map(({ key, values }) => `${key} (${values} values)`);
  const more = leftOut.length - named.length;
  return `Left out, as hardly any value comes twice: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
