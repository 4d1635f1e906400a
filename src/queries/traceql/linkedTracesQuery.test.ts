import { buildLinkedTracesQuery } from './linkedTracesQuery.ts';

it.each([
  ['4bf92f3577b34da6a3ce929d0e0e4736', '{ link:traceID = "4bf92f3577b34da6a3ce929d0e0e4736" }'],
  ['000000000000000000000000000000a1', '{ link:traceID = "000000000000000000000000000000a1" || link:traceID = "a1" }'],
])('asks for links to %s as it is and as Tempo writes it', (traceId, query) => {
  expect(buildLinkedTracesQuery(traceId)).toBe(query);
});
