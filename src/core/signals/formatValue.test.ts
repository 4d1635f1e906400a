import { formatValue } from './formatValue.ts';

describe('formatValue', () => {
  it.each([
    [1.2134, 'seconds', '1.21 s'],
    [0.8, 'seconds', '800 ms'],
    [0.9999, 'seconds', '1 s'],
    [0.00025, 'seconds', '250 µs'],
    [90, 'seconds', '1.5 min'],
    [0, 'seconds', '0 s'],
    [0.041, 'ratio', '4.1 %'],
    [1, 'ratio', '100 %'],
    [0, 'ratio', '0 %'],
    [0.0004, 'ratio', '0.04 %'],
    [41, 'per_second', '41/s'],
    [12_500, 'per_second', '12.5 k/s'],
    [0.25, 'per_second', '0.25/s'],
    [1_288_490_189, 'bytes', '1.2 GiB'],
    [0, 'bytes', '0 B'],
    [2048, 'bytes_per_second', '2 KiB/s'],
    [250, 'count', '250'],
    [-3, 'count', '-3'],
    [1234.5, 'none', '1235'],
    [Number.POSITIVE_INFINITY, 'none', '∞'],
  ] as const)('writes %d in %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });

  it('says that there is no value', () => {
    expect(formatValue(null, 'bytes')).toBe('no value');
    expect(formatValue(Number.NaN, 'ratio')).toBe('no value');
  });
});
