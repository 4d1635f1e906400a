import fc from 'fast-check';
import { looksLikeObject, RawJson, writeJson } from './rawJson.ts';

const raw = (value: unknown): RawJson => new RawJson(Buffer.from(JSON.stringify(value)));

it('writes raw fields among others as they came', () => {
  const field = fc.tuple(fc.string(), fc.jsonValue(), fc.boolean());
  fc.assert(
    fc.property(fc.uniqueArray(field, { selector: ([name]) => name, maxLength: 6 }), (fields) => {
      const usual = fields.filter(([name]) => name !== '__proto__');
      const value = Object.fromEntries(usual.map(([name, each, isRaw]) => [name, isRaw ? raw(each) : each]));
      const expected = Object.fromEntries(usual.map(([name, each]) => [name, JSON.parse(JSON.stringify(each))]));
      expect(JSON.parse(writeJson(value).toString())).toEqual(expected);
    })
  );
});

it.each([[null], ['text'], [[1, 2]], [{ a: { b: 1 } }]])('writes %j as JSON does', (value) => {
  expect(writeJson(value)).toBe(JSON.stringify(value));
});

it.each([
  ['{}', true],
  [' {"a":1}\n', true],
  ['<html>', false],
  ['{"a":1', false],
  ['[1]', false],
  ['', false],
  ['  ', false],
  ['}{', false],
])('says whether %j looks like an object: %s', (text, does) => {
  expect(looksLikeObject(Buffer.from(text))).toBe(does);
});

it('finds a piece where it is meant, and not within a text', () => {
  const inText = raw({ message: '"status":"PARTIAL"' });
  expect(inText.find('"status":"PARTIAL"')).toBe(-1);
  expect(raw({ a: 1, status: 'PARTIAL' }).find('"status":"PARTIAL"')).toBe(7);
});
