import { buildServicesQuery } from './servicesQuery.ts';

it.each([
  [[], '{}'],
  [['checkout'], '{ resource.service.name = "checkout" }'],
  [['a', 'b" || true'], '{ resource.service.name = "a" || resource.service.name = "b\\" || true" }'],
])('asks for traces of %j', (services, query) => {
  expect(buildServicesQuery(services)).toBe(query);
});
