import { filterSpans } from './spanFilter.ts';
import { checkoutTrace, namesOf } from './spanTable.fixture.ts';

const trace = checkoutTrace();
const found = (text: string) => namesOf({ trace }, filterSpans(trace, text));

it('keeps all for no word', () => {
  expect(filterSpans(trace, '   ')).toHaveLength(trace.size);
});

it.each([
  ['a service', 'PAYMENTS', ['POST /pay']],
  ['a part of an operation', 'price', ['price order']],
  ['a kind', 'consumer', ['send mail']],
  ['a status', 'error', ['POST /pay', 'POST /pay']],
  ['a status message', 'declined', ['POST /pay']],
  ['the key of an attribute', 'card.brand', ['POST /pay']],
  ['the value of an attribute', 'visa', ['POST /pay']],
  ['a key and a value', 'card.brand=vis', ['POST /pay']],
  ['a number', 'status_code=502', ['POST /pay', 'POST /pay']],
])('finds %s, whatever its case', (_, text, names) => {
  expect(found(text)).toEqual(names);
});

it('wants every word, each anywhere', () => {
  expect(found('payments visa')).toEqual(['POST /pay']);
  expect(found('payments price')).toEqual([]);
});

it('wants key and value of the same attribute', () => {
  expect(found('card.brand=502')).toEqual([]);
});

it('finds what the process says of itself', () => {
  const withVersion = { ...trace, resources: trace.resources.map((one, at) => (at === 0 ? versioned(one) : one)) };
  expect(namesOf({ trace }, filterSpans(withVersion, 'service.version=1.2'))).toEqual([
    'POST /checkout',
    'price order',
    'POST /pay',
  ]);
});

const versioned = <T extends object>(resource: T) => ({
  ...resource,
  service: 'shop',
  attributes: [['service.version', '1.2.0'] as const],
});
