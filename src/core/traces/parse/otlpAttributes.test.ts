import { attributesIn } from './otlpAttributes.ts';

const valueOf = (value: unknown) => attributesIn([{ key: 'key', value }])[0]?.[1];

describe('attributesIn', () => {
  it.each([
    [{ stringValue: 'a' }, 'a'],
    [{ stringValue: '' }, ''],
    [{ boolValue: false }, false],
    [{ intValue: '42' }, 42],
    [{ intValue: 42 }, 42],
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ intValue: 'many' }, 0],
    [{ doubleValue: 0.5 }, 0.5],
    [{ doubleValue: 'NaN' }, Number.NaN],
    [{ doubleValue: '-Infinity' }, -Infinity],
    [{ bytesValue: 'AQI=' }, 'AQI='],
    [{ arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }, {}] } }, [1, 'a', '']],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } }, { a: true }],
    [{ kvlistValue: {} }, {}],
    [{}, ''],
    [undefined, ''],
    ['text', ''],
  ])('reads %j as %j', (value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it('leaves out what has no key', () => {
    expect(attributesIn([{ value: { intValue: 1 } }, { key: '', value: {} }, 7, null])).toEqual([]);
    expect(attributesIn({ key: 'a' })).toEqual([]);
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
  });
});
