import { compileMatchers, formatMatcher, type Matcher } from './matchers.ts';

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
