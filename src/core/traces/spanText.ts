import { operationOf, serviceOf, statusOf } from './spanFields.ts';
import type { AttributeValue, Trace } from './trace.ts';

/** What a span is called where there is room for one line. */
export const spanLabel = (trace: Trace, span: number): string =>
  `${serviceOf(trace, span)}: ${operationOf(trace, span)}`;

/** A span says of itself that it failed. */
export const hasFailed = (trace: Trace, span: number): boolean => statusOf(trace, span) === 'error';

/** The value of an attribute as text. */
export const written = (value: AttributeValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
