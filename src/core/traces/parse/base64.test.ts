import fc from 'fast-check';
import { base64Of, hexOfBase64 } from './base64.ts';

const bytes = fc.uint8Array({ maxLength: 50 });

describe('base64', () => {
  it('is written as everybody writes it', () => {
    fc.assert(fc.property(bytes, (content) => base64Of(content) === Buffer.from(content).toString('base64')));
  });

  it.each(['base64', 'base64url'] as const)('is read as hex from %s, with padding or without', (alphabet) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (content) => {
        const text = Buffer.from(content).toString(alphabet);
        const hex = Buffer.from(content).toString('hex');
        expect([hexOfBase64(text), hexOfBase64(text.replaceAll('=', ''))]).toEqual([hex, hex]);
      })
    );
  });

  it.each(['', '=', 'a b', 'ab===', 'ä'])('is not %j', (text) => {
    expect(hexOfBase64(text)).toBeUndefined();
  });
});
