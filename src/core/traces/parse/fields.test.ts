import { bigintOf, nanosecondsOfMicros, quoted } from './fields.ts';

describe('bigintOf', () => {
  it.each([
    ['12', 12n],
    ['-12', -12n],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    [12, 12n],
    [1.7e18, 1_700_000_000_000_000_000n],
    [1.5, 1n],
    ['1.5', undefined],
    ['', undefined],
    ['0x10', undefined],
    ['1208925819614629174706176', 2n ** 80n],
    ['9'.repeat(30), undefined],
    ['-9'.padEnd(31, '9'), undefined],
    ['9'.repeat(31), undefined],
    [-(2 ** 80), -(2n ** 80n)],
    [1e25, undefined],
    [-1.7e308, undefined],
    [Infinity, undefined],
    [Number.NaN, undefined],
    [null, undefined],
    [true, undefined],
  ])('reads %j as %s', (value, expected) => {
    expect(bigintOf(value)).toBe(expected);
  });
});

describe('nanosecondsOfMicros', () => {
  it.each([
    [1_700_000_000_000_000, 1_700_000_000_000_000_000n],
    ['1700000000000001', 1_700_000_000_000_001_000n],
    [1.25, 1250n],
    [-1.25, -1250n],
    ['soon', undefined],
    [Infinity, undefined],
  ])('reads %j as %s', (value, expected) => {
    expect(nanosecondsOfMicros(value)).toBe(expected);
  });
});

describe('quoted', () => {
  it.each([
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [12n, '"12"'],
    [{ a: [1, { b: { c: {} } }] }, '{"a":[1,{"b":"…"}]}'],
    ['x'.repeat(100), `"${'x'.repeat(59)}…`],
    [Array.from({ length: 1000 }, () => 1), '[1,1,1,1,1,1,1,1]'],
  ])('shows %j as %s', (value, expected) => {
    expect(quoted(value)).toBe(expected);
  });
});
