import { isList, isRecord } from './parse/fields.ts';
import type { Trace } from './trace.ts';

/** Whether two readings of a trace are the same in all: an answer that says nothing new is no reason to work everything out again. */
export const isSameTrace = (one: Trace, other: Trace): boolean => isSame(one, other);

/** As deep as attributes are. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  if (ArrayBuffer.isView(one)) {
    return ArrayBuffer.isView(other) && isSameList(bytesOf(one), bytesOf(other));
  }
  if (one instanceof Map) {
    return other instanceof Map && isSame([...one], [...other]);
  }
  if (isList(one)) {
    return isList(other) && isSameList(one, other);
  }
  return isRecord(one) && isRecord(other) && isSame(Object.entries(one), Object.entries(other));
}

function isSameList(one: ArrayLike<unknown>, other: ArrayLike<unknown>): boolean {
  let at = one.length === other.length ? 0 : -1;
  while (at >= 0 && at < one.length && isSame(one[at], other[at])) {
    at += 1;
  }
  return at === one.length;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
