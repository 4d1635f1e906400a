import type { ByteRange } from './protobuf.ts';

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
export const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const LARGEST_SPACE = 0x20;

/** The first byte from there on that is no space. */
export function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= LARGEST_SPACE) {
    at += 1;
  }
  return at;
}

/**
 * Where as many objects and lists have ended as are open, of JSON that nobody has read yet; undefined where they do not.
 * @param open how many there are before the first byte
 */
export function afterOpen(bytes: Uint8Array, from: number, open: number): number | undefined {
  let depth = open;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
    } else if (byte === BRACE || byte === BRACKET) {
      depth += 1;
    } else if (byte === BRACE_END || byte === BRACKET_END) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}

/** Where a value ends that begins here, or undefined where it does not end. */
export function afterValue(bytes: Uint8Array, from: number): number | undefined {
  const first = bytes[from];
  if (first === BRACE || first === BRACKET) {
    return afterOpen(bytes, from, 0);
  }
  if (first === QUOTE) {
    return endOfText(bytes, from) + 1;
  }
  let at = from;
  while (at < bytes.length && !ENDS.includes(bytes[at] ?? 0) && (bytes[at] ?? 0) > LARGEST_SPACE) {
    at += 1;
  }
  return at === from ? undefined : at;
}

const ENDS: readonly number[] = [COMMA, BRACE_END, BRACKET_END];

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** The items of a list whose first byte after the bracket this is. Its end is told by the result; undefined where it has none. */
export function* itemsFrom(bytes: Uint8Array, from: number): Generator<ByteRange, number | undefined> {
  let at = afterSpace(bytes, from);
  for (let first = true; bytes[at] !== BRACKET_END; first = false) {
    if (!first && bytes[at] !== COMMA) {
      return undefined;
    }
    const start = afterSpace(bytes, first ? at : at + 1);
    const end = afterValue(bytes, start);
    if (end === undefined) {
      return undefined;
    }
    yield { from: start, to: end };
    at = afterSpace(bytes, end);
  }
  return at + 1;
}

export interface MemberRange {
  /** As it stands in quotes, which an escape in it makes another. */
  readonly name: string;
  readonly value: ByteRange;
}

/** The members of an object; undefined where it is not one. */
export function membersOf(
  bytes: Uint8Array,
  { from }: ByteRange,
  decode: (bytes: Uint8Array) => string
): readonly MemberRange[] | undefined {
  const members: MemberRange[] = [];
  let at = afterSpace(bytes, from + 1);
  for (let first = true; bytes[from] === BRACE && bytes[at] !== BRACE_END; first = false) {
    const quote = first ? at : afterSpace(bytes, at + 1);
    const nameEnd = endOfText(bytes, quote);
    const colon = afterSpace(bytes, nameEnd + 1);
    const start = afterSpace(bytes, colon + 1);
    const isMember = (first || bytes[at] === COMMA) && bytes[quote] === QUOTE && bytes[colon] === COLON;
    const end = isMember ? afterValue(bytes, start) : undefined;
    if (end === undefined) {
      return undefined;
    }
    members.push({ name: decode(bytes.subarray(quote + 1, nameEnd)), value: { from: start, to: end } });
    at = afterSpace(bytes, end);
  }
  return bytes[from] === BRACE ? members : undefined;
}
