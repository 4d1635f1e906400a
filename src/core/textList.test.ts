import fc from 'fast-check';
import { joinTexts, splitTexts } from './textList.ts';

it('reads a plain list as it is', () => {
  expect(splitTexts('shop,platform')).toEqual(['shop', 'platform']);
  expect(joinTexts(['shop', 'platform'])).toBe('shop,platform');
});

it('leaves out what is empty', () => {
  expect(splitTexts('')).toEqual([]);
  expect(splitTexts(',a,,b,')).toEqual(['a', 'b']);
});

it('keeps a comma that belongs to a name', () => {
  expect(joinTexts(['Payments, EU', 'shop'])).toBe(String.raw`Payments\, EU,shop`);
  expect(splitTexts(String.raw`Payments\, EU,shop`)).toEqual(['Payments, EU', 'shop']);
});

it('takes a backslash at the end for itself', () => {
  expect(splitTexts('a\\')).toEqual(['a\\']);
});

it('gives back whatever was joined', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (texts) => {
      expect(splitTexts(joinTexts(texts))).toEqual(texts);
    })
  );
});
