import type { ByteRange } from './protobuf.ts';

/** Reads UTF-8; what is none becomes U+FFFD. The core has no decoder of its own: `new TextDecoder()` is one. */
export type DecodeText = (bytes: Uint8Array) => string;

/** Keys, names and services come again with every span: they are short. */
const MAX_KEPT_BYTES = 64;
const SLOTS = 2 ** 14;

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Reads texts out of bytes, and decodes one that comes again only once: most of the time of reading a large trace is that, and one
 * string for all of its uses saves memory. As many are kept as there are slots; a new one takes the place of what was in its slot.
 */
export function createByteTexts(bytes: Uint8Array, decode: DecodeText): (range: ByteRange) => string {
  const kept: Array<{ readonly from: number; readonly to: number; readonly text: string } | undefined> = [];
  kept.length = SLOTS;

  const isSame = (a: ByteRange, b: ByteRange): boolean => {
    if (a.to - a.from !== b.to - b.from) {
      return false;
    }
    for (let i = 0; i < a.to - a.from; i += 1) {
      if (bytes[a.from + i] !== bytes[b.from + i]) {
        return false;
      }
    }
    return true;
  };

  return ({ from, to }) => {
    if (to - from > MAX_KEPT_BYTES) {
      return decode(bytes.subarray(from, to));
    }
    let hash = FNV_OFFSET;
    for (let at = from; at < to; at += 1) {
      hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
    }
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    const earlier = kept[slot];
    if (earlier !== undefined && isSame(earlier, { from, to })) {
      return earlier.text;
    }
    const text = decode(bytes.subarray(from, to));
    kept[slot] = { from, to, text };
    return text;
  };
}
