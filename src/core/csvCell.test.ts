import fc from 'fast-check';
import { csvCell } from './csvCell.ts';

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [-2.5, '-2.5'],
  [0, '0'],
])('writes %j as %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

it.each([
  ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
  ['-5', "'-5"],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['@sum', "'@sum"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1', "'＝1"],
])('disarms the text %j', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});

it('loses nothing of any text but what it adds', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '-', 'a', ' ') }), (text) => {
      const written = csvCell(text);
      const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
      expect([text, `'${text}`]).toContain(read);
    })
  );
});
