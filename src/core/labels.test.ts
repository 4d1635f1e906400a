import fc from 'fast-check';
import { fingerprint } from './labels.ts';

/** The definition, spelled out over bytes with big integers: slow and plainly right. */
function reference(labels: Readonly<Record<string, string>>): string {
  const encoder = new TextEncoder();
  let hash = 0xcbf29ce484222325n;
  const add = (byte: number) => {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  };
  const names = Object.keys(labels).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    encoder.encode(name).forEach(add);
    add(0xff);
    encoder.encode(labels[name]).forEach(add);
    add(0xff);
  }
  return hash.toString(16).padStart(16, '0');
}

const text = fc.string({ unit: 'binary', maxLength: 12 });

describe('fingerprint', () => {
  it('of no labels is the offset of FNV-1a 64', () => {
    expect(fingerprint({})).toBe('cbf29ce484222325');
  });

  it('is FNV-1a 64 over names and values in byte order, whatever the characters', () => {
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (labels) => {
        expect(fingerprint(labels)).toBe(reference(labels));
      })
    );
  });

  it('does not depend on the order of the labels, and tells names from values', () => {
    expect(fingerprint({ a: '1', b: '2' })).toBe(fingerprint({ b: '2', a: '1' }));
    expect(fingerprint({ a: 'b', c: 'd' })).not.toBe(fingerprint({ a: 'c', b: 'd' }));
    expect(fingerprint({ ab: 'c' })).not.toBe(fingerprint({ a: 'bc' }));
  });
});
