/** Hex characters of an id, as the W3C trace context has them. */
export const TRACE_ID_LENGTH = 32;
export const SPAN_ID_LENGTH = 16;

const HEX = /^[0-9a-f]+$/;
const ZEROS = /^0*$/;

/**
 * An id in the form in which ids are compared: lower-case hex of full length (Jaeger and Tempo leave out leading zeros). What is no
 * hex or too long stays as it is, so that spans still find each other by it; all zeros mean no id, and give ''.
 */
export function normalId(given: string, length: number): string {
  const id = given.length === length && isLowerHex(given) ? given : given.trim().toLowerCase();
  if (ZEROS.test(id)) {
    return '';
  }
  return id.length < length && HEX.test(id) ? id.padStart(length, '0') : id;
}

const isLowerHex = (text: string): boolean => HEX.test(text);

export const isSpanId = (id: string): boolean => id.length === SPAN_ID_LENGTH && HEX.test(id);
export const isTraceId = (id: string): boolean => id.length === TRACE_ID_LENGTH && HEX.test(id);
