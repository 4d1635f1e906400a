/** Whether a list restricts anything: no values mean no condition, as in a form where nothing is ticked. */
export const isAny = <T>(values: readonly T[] | undefined): values is readonly T[] =>
  values !== undefined && values.length > 0;
