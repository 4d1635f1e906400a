import { attributeKeys, groupSpans, type SpanGrouping } from './groupSpans.ts';
import { measuredCheckout } from './spanTable.fixture.ts';

const measured = measuredCheckout();
const all = Uint32Array.from({ length: measured.trace.size }, (_, span) => span);
const MS = 1_000_000;

const grouped = (grouping: SpanGrouping) =>
  groupSpans(all, measured, grouping).map(({ value, spans, errors, selfNs }) => [
    value,
    spans.length,
    errors,
    selfNs / MS,
  ]);

it('puts spans of a service together, the most time by themselves first', () => {
  expect(grouped({ by: 'service' })).toEqual([
    ['mail', 1, 0, 65],
    ['payments', 1, 1, 60],
    ['shop', 3, 1, 35],
  ]);
});

it('tells the same name in two services apart', () => {
  expect(grouped({ by: 'operation' }).map(([value]) => value)).toEqual([
    'mail: send mail',
    'payments: POST /pay',
    'shop: price order',
    'shop: POST /pay',
    'shop: POST /checkout',
  ]);
});

it('groups by any attribute, those without it last', () => {
  expect(grouped({ by: 'attribute', key: 'card.brand' })).toEqual([
    ['visa', 1, 1, 60],
    [null, 4, 1, 100],
  ]);
});

it('keeps the order in which the spans came', () => {
  const [, , shop] = groupSpans(Uint32Array.from([4, 3, 2, 1, 0]), measured, { by: 'service' });
  expect(shop?.spans).toEqual(
    [2, 1, 0].filter((span) => measured.trace.services[measured.trace.service[span] ?? 9] === 'shop')
  );
});

it('knows by what one can group', () => {
  expect(attributeKeys(measured)).toEqual(['card.brand', 'http.response.status_code']);
});
