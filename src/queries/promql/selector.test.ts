import fc from 'fast-check';
import { quote, selector } from './selector.ts';

describe('quote', () => {
  it.each([
    ['checkout', '"checkout"'],
    ['a"b', '"a\\"b"'],
    ['a\\', '"a\\\\"'],
    ['two\nlines', '"two\\u000alines"'],
    ['half \ud800 pair', '"half \ufffd pair"'],
    ['日本 🚀', '"日本 🚀"'],
  ])('writes %j as %s', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  it('never ends early: read back by the rules of Go it is the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(quote(text))).toBe(text.toWellFormed());
      })
    );
  });
});

it('writes a bare metric without braces and matchers in their order', () => {
  expect(selector('up', [])).toBe('up');
  expect(
    selector('up', [
      { name: 'job', op: '=', value: 'x"} or vector(1) #' },
      { name: 'code', op: '=~', value: '5..' },
    ])
  ).toBe('up{job="x\\"} or vector(1) #",code=~"5.."}');
});
