import type { LossKind } from './losses.ts';
import { attributesAt } from './otlpAttributes.ts';

function read(attributes: unknown) {
  const losses: Array<readonly [LossKind, string]> = [];
  const into = { lost: (kind: LossKind, where: string) => losses.push([kind, where]) };
  return { found: attributesAt({ attributes }, 'attributes', { where: 'span', into }), losses };
}
const valueOf = (value: unknown) => read([{ key: 'key', value }]).found[0]?.[1];
const lossesOf = (value: unknown) => read([{ key: 'key', value }]).losses.map(([kind]) => kind);

describe('attributesAt', () => {
  it.each([
    [{ stringValue: 'a' }, 'a'],
    [{ stringValue: '' }, ''],
    [{ boolValue: false }, false],
    [{ intValue: '42' }, 42],
    [{ intValue: 42 }, 42],
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ doubleValue: 0.5 }, 0.5],
    [{ doubleValue: 'NaN' }, Number.NaN],
    [{ doubleValue: '-Infinity' }, -Infinity],
    [{ bytesValue: 'AQI=' }, 'AQI='],
    [{ arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }, {}] } }, [1, 'a', '']],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } }, { a: true }],
    [{ kvlistValue: {} }, {}],
    [{}, ''],
    [{ doubleValue: '0.5' }, 0.5],
    [{ bytesValue: null }, ''],
    [undefined, ''],
    [null, ''],
  ])('reads %j as %j', (value, expected) => {
    expect(valueOf(value)).toEqual(expected);
    expect(lossesOf(value)).toEqual([]);
  });

  it.each([
    ['text', 'text'],
    [7, '7'],
    [[1], '[1]'],
    [{ intValue: 'many' }, 'many'],
    [{ intValue: 1e300 }, '1e+300'],
    [{ doubleValue: 'half' }, 'half'],
    [{ doubleValue: '' }, ''],
    [{ boolValue: 'true' }, '{"boolValue":"true"}'],
    [{ newValue: 1 }, '{"newValue":1}'],
    [{ arrayValue: [] }, '{"arrayValue":[]}'],
  ])('keeps %j, which says another type than it is, as the text %j', (value, expected) => {
    expect(valueOf(value)).toBe(expected);
    expect(lossesOf(value)).toEqual(['value']);
  });

  it('leaves out what has no key, and tells where', () => {
    const attributes = [{ value: { intValue: 1 } }, { key: '', value: {} }, { key: 'a', value: {} }, 7, null];
    expect(read(attributes)).toEqual({
      found: [['a', '']],
      losses: [0, 1, 3, 4].map((i) => ['attribute', `span.attributes[${i}]`]),
    });
    expect(read({ key: 'a' })).toEqual({ found: [], losses: [['list', 'span.attributes']] });
  });

  it('tells what a record within an attribute says twice, or without a key', () => {
    const entry = (key: unknown, stringValue: string) => ({ key, value: { stringValue } });
    const value = { kvlistValue: { values: [entry('a', '1'), entry('a', '2'), entry(5, '3'), 7] } };
    expect(valueOf(value)).toEqual({ a: '2', '': '3' });
    expect(lossesOf(value)).toEqual(['repeatedKey', 'text', 'attribute']);
  });

  it('keeps what is nested too deep as text', () => {
    let value: object = { stringValue: 'bottom' };
    for (let depth = 0; depth < 40; depth += 1) {
      value = { arrayValue: { values: [value] } };
    }
    let [found, depth] = [valueOf(value), 0];
    while (Array.isArray(found)) {
      found = found[0];
      depth += 1;
    }
    expect([depth, found]).toEqual([16, '{"arrayValue":{"values":["…"]}}']);
    expect(lossesOf(value)).toEqual(['depth']);
  });
});
