import fc from 'fast-check';
import { compileMatchers, formatMatcher, MATCH_OPERATORS, parseMatcher, type Matcher } from './matchers.ts';

const regex = (pattern: string) => {
  const compiled = new RegExp(`^(?:${pattern})$`, 's');
  return (text: string) => compiled.test(text);
};
const matches = (matchers: readonly Matcher[], labels: Record<string, string>) =>
  compileMatchers(matchers, regex)(labels);

describe('compileMatchers', () => {
  it.each([
    [{ name: 'a', op: '=', value: '1' }, { a: '1' }, true],
    [{ name: 'a', op: '=', value: '1' }, { a: '2' }, false],
    [{ name: 'a', op: '=', value: '' }, {}, true],
    [{ name: 'a', op: '!=', value: '1' }, {}, true],
    [{ name: 'a', op: '!=', value: '' }, {}, false],
    [{ name: 'a', op: '=~', value: 'x|y' }, { a: 'y' }, true],
    [{ name: 'a', op: '=~', value: 'x' }, { a: 'xx' }, false],
    [{ name: 'a', op: '=~', value: '.*' }, {}, true],
    [{ name: 'a', op: '!~', value: 'x.*' }, { a: 'xyz' }, false],
    [{ name: 'a', op: '!~', value: 'x' }, {}, true],
  ] as const)('%j on %j is %p', (matcher, labels, expected) => {
    expect(matches([matcher], labels)).toBe(expected);
  });

  it.each(['constructor', 'toString', 'valueOf', '__proto__'])('finds no %s in labels that have none', (name) => {
    const own: Record<string, string> = JSON.parse(`{${JSON.stringify(name)}:"x"}`);
    const verdicts = (value: string, labels: Record<string, string>) =>
      MATCH_OPERATORS.map((op) => matches([{ name, op, value }], labels));
    expect(verdicts('', { a: '1' })).toEqual([true, false, true, false]);
    expect(verdicts('.+', { a: '1' })).toEqual([false, true, false, true]);
    expect(verdicts('x', own)).toEqual([true, false, true, false]);
  });

  it('wants all of them; none match everything', () => {
    const both = [{ name: 'a', op: '=', value: '1' } as const, { name: 'b', op: '=', value: '2' } as const];
    expect(matches(both, { a: '1', b: '2' })).toBe(true);
    expect(matches(both, { a: '1' })).toBe(false);
    expect(matches([], { a: '1' })).toBe(true);
  });
});

describe('formatMatcher', () => {
  it('quotes as PromQL does', () => {
    expect(formatMatcher({ name: 'path', op: '=~', value: '/a"b\\.*' })).toBe('path=~"/a\\"b\\\\.*"');
  });
});

describe('parseMatcher', () => {
  it.each([
    ['a=b', { name: 'a', op: '=', value: 'b' }],
    ['  a  !=  b c  ', { name: 'a', op: '!=', value: 'b c' }],
    ['a=', { name: 'a', op: '=', value: '' }],
    ['a=~"x|y" ', { name: 'a', op: '=~', value: 'x|y' }],
    ['a!~ " x "', { name: 'a', op: '!~', value: ' x ' }],
    ['a=~"\\d+\\.x"', { name: 'a', op: '=~', value: '\\d+\\.x' }],
    ['"a b"="say \\"it\\"\\n"', { name: 'a b', op: '=', value: 'say "it"\n' }],
  ])('reads %j', (text, expected) => {
    expect(parseMatcher(text)).toEqual(expected);
  });

  it.each(['', 'a', '=b', 'a b=c', 'a="b', 'a=b"c', 'a="b"c', 'a{=b', '""=b'])('refuses %j', (text) => {
    expect(parseMatcher(text)).toBeUndefined();
  });

  it('reads back what formatMatcher wrote', () => {
    const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/);
    const value = fc.string({
      unit: fc.oneof(fc.constantFrom('"', '\\', '\n', '\u0001', 'u0041', ' ', '='), fc.string({ minLength: 1 })),
    });
    fc.assert(
      fc.property(name, fc.constantFrom(...MATCH_OPERATORS), value, (...[label, op, text]) => {
        const matcher = { name: label, op, value: text };
        expect(parseMatcher(formatMatcher(matcher))).toEqual(matcher);
      })
    );
  });

  // By a pattern whose repetitions overlap each of these takes longer than a test may.
  it.each([
    ['spaces before a quote', (many: string) => `a=${many}"`],
    ['spaces between quotes', (many: string) => `a="b"${many}"`],
    ['spaces before the operator', (many: string) => `a${many}"`],
  ])('comes to an end with %s', (_, textOf) => {
    expect(parseMatcher(textOf(' '.repeat(100_000)))).toBeUndefined();
  });
});
