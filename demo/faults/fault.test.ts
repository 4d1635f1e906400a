import fc from 'fast-check';
import { faultKinds, faultNames, parseFault } from './fault.ts';

describe('parseFault', () => {
  it('reads a duration into milliseconds', () => {
    expect(parseFault({ fault: 'latency', service: 'checkout', value: '1s' })).toEqual({
      fault: 'latency',
      service: 'checkout',
      value: 1_000,
      text: '1s',
    });
  });

  it('takes a ratio as a number, as a request would have it', () => {
    expect(parseFault({ fault: 'errors', service: 'payments', value: 0.2 })).toMatchObject({ value: 0.2, text: '0.2' });
  });

  it.each(faultNames)('has a default for %s that it accepts', (fault) => {
    expect(parseFault({ fault, service: 'checkout' })).toMatchObject({ fault, text: faultKinds[fault].byDefault });
  });

  it.each([
    [
      { fault: 'latncy', service: 'checkout' },
      'There is no fault "latncy". Did you mean "latency"? Known: latency, errors',
    ],
    [{ fault: 'latency', service: 'paymnets' }, 'There is no service "paymnets". Did you mean "payments"?'],
    [{ fault: 'latency', service: 'zzzzzzzzzz' }, 'There is no service "zzzzzzzzzz". Known: storefront, catalog'],
    [{ fault: 'latency', service: undefined }, 'No service was named. Known:'],
    [{ fault: 'latency', service: 'cart', value: '3m' }, 'The value of latency is "3m": expected a duration up to 2m'],
    [
      { fault: 'errors', service: 'cart', value: 1.5 },
      'The value of errors is "1.5": expected a ratio above 0, at most 1',
    ],
    [{ fault: 'errors', service: 'cart', value: ' ' }, 'The value of errors is " ": expected a ratio'],
    [{ fault: 'bad-release', service: 'cart', value: '2' }, 'bad-release takes no value, but got "2".'],
    [{ fault: 'dependency-down', service: 'card-processor' }, 'card-processor calls nothing'],
  ])('refuses %j with a sentence', (input, sentence) => {
    expect(parseFault(input)).toEqual(expect.stringContaining(sentence));
  });

  it('answers anything with a fault in its bounds or a sentence', () => {
    const anything = fc.record({
      fault: fc.oneof(fc.constantFrom(...faultNames), fc.anything()),
      service: fc.oneof(fc.constantFrom('cart', 'worker'), fc.anything()),
      value: fc.anything(),
    });
    fc.assert(
      fc.property(anything, (input) => {
        const fault = parseFault(input);
        return typeof fault === 'string' ? fault.endsWith('.') : fault.value > 0 && fault.value <= 120_000;
      })
    );
  });
});
