import fc from 'fast-check';
import { UNITS } from '../../core/signals/catalogue.ts';
import { formatLevel, parseLevel, takenFor } from './parseLevel.ts';

describe('parseLevel', () => {
  it.each([
    ['300 ms', 'seconds', 0.3],
    ['300ms', 'seconds', 0.3],
    ['0.3', 'seconds', 0.3],
    ['.3 s', 'seconds', 0.3],
    ['250 µs', 'seconds', 0.00025],
    ['1.5 min', 'seconds', 90],
    ['2 h', 'seconds', 7200],
    ['4 %', 'ratio', 0.04],
    ['4.1%', 'ratio', 0.041],
    ['0.04', 'ratio', 0.04],
    ['512 MiB', 'bytes', 536_870_912],
    ['512 mib', 'bytes', 536_870_912],
    ['2 GB', 'bytes', 2_000_000_000],
    ['1024', 'bytes', 1024],
    ['10 MiB/s', 'bytes_per_second', 10_485_760],
    ['10 MiB', 'bytes_per_second', 10_485_760],
    ['41/s', 'per_second', 41],
    ['41', 'per_second', 41],
    ['1.5 k/s', 'per_second', 1500],
    ['2.5 k', 'count', 2500],
    ['-3', 'none', -3],
    ['1e3', 'count', 1000],
  ] as const)('reads %s in %s as %d', (text, unit, value) => {
    expect(parseLevel(text, unit)).toEqual({ ok: true, value });
  });

  it('takes nothing as no level', () => {
    expect(parseLevel('  ', 'seconds')).toEqual({ ok: true, value: null });
  });

  it.each([
    ['fast', 'seconds', '“fast” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.'],
    ['300 MiB', 'seconds', '“300 MiB” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.'],
    ['1,5 s', 'seconds', '“1,5 s” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.'],
    ['4 % of all', 'ratio', '“4 % of all” is not a valid level: enter a share such as 4 % or 0.04.'],
    ['constructor', 'count', '“constructor” is not a valid level: enter a number such as 250 or 1.5 k.'],
    ['1 toString', 'count', '“1 toString” is not a valid level: enter a number such as 250 or 1.5 k.'],
    ['9e999', 'count', 'Too large: enter a number such as 250 or 1.5 k.'],
  ] as const)('says what to enter for %s in %s', (text, unit, message) => {
    expect(parseLevel(text, unit)).toEqual({ ok: false, message });
  });
});

describe('takenFor', () => {
  it.each([
    ['200', 'seconds', '= 3.33 min'],
    ['0.04', 'ratio', '= 4 %'],
    ['200 ms', 'seconds', undefined],
    ['', 'seconds', undefined],
    ['250', 'count', undefined],
    ['1.2.3', 'seconds', undefined],
  ] as const)('takes %s in %s for %s', (text, unit, words) => {
    expect(takenFor(text, unit)).toBe(words);
  });
});

describe('formatLevel', () => {
  it.each([
    [0.3, 'seconds', '300 ms'],
    [0.041, 'ratio', '4.1 %'],
    [0.04123, 'ratio', '4.123 %'],
    [1.2345, 'seconds', '1.2345'],
    [536_870_912, 'bytes', '512 MiB'],
    [null, 'bytes', ''],
  ] as const)('writes %d %s as %s', (value, unit, text) => {
    expect(formatLevel(value, unit)).toBe(text);
  });

  it('reads back to the same number, whatever it is', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, fc.constantFrom(...UNITS), (level, unit) => {
        const parsed = parseLevel(formatLevel(level, unit), unit);
        expect(parsed.ok && parsed.value).toBe(Object.is(level, -0) ? 0 : level);
      })
    );
  });
});
