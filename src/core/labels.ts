import { ownValue } from './ownValue.ts';

/** Label names to values, as Prometheus has them. */
export type Labels = Readonly<Record<string, string>>;

/** The value of a label; that of a missing one is the empty text, as for Prometheus. */
export const labelValue = (labels: Labels, name: string): string => ownValue(labels, name) ?? '';

/** 64-bit FNV-1a in two 32-bit halves: BigInt arithmetic is twenty times slower and intake hashes every alert. */
const FNV_PRIME_LOW = 0x1b3;
const SEPARATOR = 0xff;

/**
 * Fingerprint of a label set: FNV-1a 64 over `name 0xFF value 0xFF` in name order, as 16 hex digits.
 * Same construction as Prometheus `model.LabelSet.Fingerprint`, so that ids match those of Alertmanager and karma.
 */
export function fingerprint(labels: Labels): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const add = (byte: number) => {
    low = (low ^ byte) >>> 0;
    // (high·2^32 + low) · (2^40 + 0x1b3) mod 2^64
    const lowProduct = low * FNV_PRIME_LOW;
    const carry = Math.floor(lowProduct / 0x1_0000_0000);
    high = (Math.imul(high, FNV_PRIME_LOW) + carry + (low << 8)) >>> 0;
    low = lowProduct >>> 0;
  };
  for (const name of Object.keys(labels).toSorted(byBytes)) {
    encodeUtf8(name, add);
    add(SEPARATOR);
    encodeUtf8(labels[name] ?? '', add);
    add(SEPARATOR);
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** Go sorts label names by bytes; code point order is the same order, UTF-16 order is not beyond the BMP. */
function byBytes(a: string, b: string): number {
  const left = Array.from(a, (c) => c.codePointAt(0) ?? 0);
  const right = Array.from(b, (c) => c.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return left.length - right.length;
}

function encodeUtf8(text: string, add: (byte: number) => void): void {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      add(code);
    } else if (code < 0x800) {
      add(0xc0 | (code >> 6));
      add(0x80 | (code & 0x3f));
    } else if (code < 0x1_0000) {
      add(0xe0 | (code >> 12));
      add(0x80 | ((code >> 6) & 0x3f));
      add(0x80 | (code & 0x3f));
    } else {
      add(0xf0 | (code >> 18));
      add(0x80 | ((code >> 12) & 0x3f));
      add(0x80 | ((code >> 6) & 0x3f));
      add(0x80 | (code & 0x3f));
    }
  }
}
