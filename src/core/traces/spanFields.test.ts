import { epochMs } from '../units.ts';
import { traceOfTest } from './otlpTrace.fixture.ts';
import { attributeOf } from './spanFields.ts';

const trace = traceOfTest('1', epochMs(0), [
  { id: '1', attributes: { a: 1, 'service.name': 'of the span' } },
  ...Array.from({ length: 50 }, (_, n) => ({ id: `2${n}`, from: n + 1, attributes: { [`key-${n}`]: n } })),
]);

describe('attributeOf', () => {
  it('gives what the span says, else what sent it', () => {
    expect(attributeOf(trace, 0, 'service.name')).toBe('of the span');
    expect(attributeOf(trace, 1, 'service.name')).toBe('checkout');
    expect(attributeOf(trace, 1, 'key-0')).toBe(0);
    expect(attributeOf(trace, 1, 'a')).toBeUndefined();
  });

  it('looks at the names of its own attributes only, however many the trace has', () => {
    let reads = 0;
    const keys = new Proxy(trace.keys, {
      get(target, name) {
        reads += 1;
        const value: unknown = Reflect.get(target, name);
        return value;
      },
    });
    expect(attributeOf({ ...trace, keys }, 50, 'key-49')).toBe(49);
    expect(reads).toBe(1);
  });
});
