/** Bytes that are no protobuf, or not whole. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** One field of a message, and where its content stands. The same object for all fields of a message: read it, do not keep it. */
export interface ProtobufField extends ByteRange {
  readonly number: number;
  readonly wire: Wire;
}

/** Wire types of protobuf's encoding (protobuf.dev/programming-guides/encoding); groups, 3 and 4, are of proto2 and not read. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
type Wire = (typeof WIRE)[keyof typeof WIRE];

const MAX_FIELD_NUMBER = 2 ** 29 - 1;

/**
 * Calls for each field of a message, in order; nested messages are left to the caller.
 * @throws ProtobufError where the bytes are no message
 */
export function readFields(bytes: Uint8Array, { from, to }: ByteRange, visit: (field: ProtobufField) => void): void {
  const field = { number: 0, wire: WIRE.varint as Wire, from: 0, to: 0 };
  const cursor = { at: from };
  while (cursor.at < to) {
    const start = cursor.at;
    const tag = readLength(bytes, cursor, to);
    field.number = Math.floor(tag / 8);
    if (field.number === 0 || field.number > MAX_FIELD_NUMBER) {
      throw new ProtobufError(`byte ${start} begins no field`);
    }
    field.wire = wireOf(tag % 8, start);
    if (field.wire === WIRE.varint) {
      field.from = cursor.at;
      skipVarint(bytes, cursor, to);
    } else {
      const size = field.wire === WIRE.bytes ? readLength(bytes, cursor, to) : field.wire === WIRE.fixed64 ? 8 : 4;
      field.from = cursor.at;
      cursor.at += size;
    }
    field.to = cursor.at;
    if (cursor.at > to) {
      throw new ProtobufError(`the field at byte ${start} ends ${cursor.at - to} bytes after its message`);
    }
    visit(field);
  }
}

function wireOf(type: number, at: number): Wire {
  const known = Object.values(WIRE).find((wire) => wire === type);
  if (known === undefined) {
    throw new ProtobufError(`byte ${at} begins a field of the unknown type ${type}`);
  }
  return known;
}

interface Cursor {
  at: number;
}

/** A varint that must be small enough to count with. */
function readLength(bytes: Uint8Array, cursor: Cursor, to: number): number {
  let value = 0;
  let factor = 1;
  for (let at = cursor.at; at < to && at < cursor.at + 5; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      cursor.at = at + 1;
      return value;
    }
    factor *= 128;
  }
  throw new ProtobufError(`byte ${cursor.at} begins a number that does not end`);
}

function skipVarint(bytes: Uint8Array, cursor: Cursor, to: number): void {
  for (let at = cursor.at; at < to && at < cursor.at + 10; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) {
      cursor.at = at + 1;
      return;
    }
  }
  throw new ProtobufError(`byte ${cursor.at} begins a number that does not end`);
}

/** Seven bits a byte, so that up to 49 are exact in a double. */
const EXACT_BYTES = 7;

/** The signed 64-bit integer of a varint field. */
export function varintOf(bytes: Uint8Array, { from, to }: ByteRange): bigint {
  if (to - from <= EXACT_BYTES) {
    return BigInt(smallVarint(bytes, from, to));
  }
  let value = 0n;
  for (let at = to - 1; at >= from; at -= 1) {
    value = (value << 7n) | BigInt((bytes[at] ?? 0) & 0x7f);
  }
  return BigInt.asIntN(64, value);
}

/** The number of a varint field that has few values, such as an enum. */
export const enumOf = (bytes: Uint8Array, { from, to }: ByteRange): number =>
  smallVarint(bytes, from, Math.min(to, from + EXACT_BYTES));

function smallVarint(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = to - 1; at >= from; at -= 1) {
    value = value * 128 + ((bytes[at] ?? 0) & 0x7f);
  }
  return value;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexOf(bytes: Uint8Array, { from, to }: ByteRange): string {
  let hex = '';
  for (let at = from; at < to; at += 1) {
    hex += HEX[bytes[at] ?? 0] ?? '';
  }
  return hex;
}
