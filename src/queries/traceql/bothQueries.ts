/** TraceQL for traces that two queries find, each in parentheses: a pipeline stands for itself then. */
export const bothQueries = (one: string, other: string): string => `(${one}) && (${other})`;
