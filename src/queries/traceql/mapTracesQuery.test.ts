import type { MapEnd } from '../../core/serviceMap/serviceMap.ts';
import { buildCallTracesQuery, buildNodeTracesQuery } from './mapTracesQuery.ts';

const checkout: MapEnd = { kind: 'service', name: 'checkout' };
const payments: MapEnd = { kind: 'service', name: 'payments' };
const database: MapEnd = { kind: 'database', name: 'orders "db"' };
const queue: MapEnd = { kind: 'queue', name: 'mails' };
const bank: MapEnd = { kind: 'external', name: 'bank' };
const user: MapEnd = { kind: 'user', name: 'user' };
const QUEUE = '(span.messaging.destination.name = "mails" || span.messaging.destination = "mails")';

it('finds the traces of a call between services by who is whose parent', () => {
  expect(buildCallTracesQuery(checkout, payments)).toBe(
    '{ resource.service.name = "checkout" } > { resource.service.name = "payments" }'
  );
  expect(buildCallTracesQuery(checkout, payments, true)).toBe(
    '({ resource.service.name = "checkout" } > { resource.service.name = "payments" && status = error }) || ({ resource.service.name = "checkout" && status = error } > { resource.service.name = "payments" })'
  );
});

it('finds calls of what sends no spans by what the caller says of it', () => {
  expect(buildCallTracesQuery(checkout, database)).toMatch(
    /^\{ resource\.service\.name = "checkout" && kind = client && \(span\.peer\.service = "orders \\"db\\"" \|\| .* \|\| span\.db\.name = "orders \\"db\\"" \|\| .*\) \}$/
  );
  expect(buildCallTracesQuery(checkout, bank, true)).toMatch(
    /kind = client && \(span\.peer\.service = "bank" .*\) && status = error \}$/
  );
  expect(buildCallTracesQuery(checkout, queue)).toBe(
    `{ resource.service.name = "checkout" && kind = producer && ${QUEUE} }`
  );
});

it('finds what was taken from a queue, and what users began', () => {
  expect(buildCallTracesQuery(queue, payments)).toBe(
    `{ resource.service.name = "payments" && kind = consumer && ${QUEUE} }`
  );
  expect(buildCallTracesQuery(user, checkout)).toBe(
    '{ nestedSetParent < 0 && kind = server && resource.service.name = "checkout" }'
  );
});

it('finds calls to a node, whoever made them', () => {
  expect(buildNodeTracesQuery(queue, true)).toBe(`{ kind = producer && ${QUEUE} && status = error }`);
  expect(buildNodeTracesQuery(bank)).toMatch(/^\{ kind = client && \(span\.peer\.service = "bank"/);
  expect(buildNodeTracesQuery(user)).toBe('{ nestedSetParent < 0 && kind = server }');
  expect(buildNodeTracesQuery(payments, true)).toBe('{ resource.service.name = "payments" && status = error }');
});
