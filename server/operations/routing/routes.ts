import * as contract from '../../../src/api/routing.ts';
import { compileRoutes, matchRoutes as matchLabels, type Route } from '../../../src/core/routing/route.ts';
import type { RouteTable } from '../../store/store.ts';
import { EngineError } from '../../errors.ts';
import { change, query, type ChangeCall } from '../operation.ts';

const view = ({ routes, version, updatedAt, updatedBy }: RouteTable) => ({
  items: routes.map((route) => ({ ...route, matchers: route.matchers.map((matcher) => ({ ...matcher })) })),
  ...{ version, updatedAt, updatedBy },
});

const facts = (routes: readonly Route[]) =>
  routes.map((route) => ({ ...route, matchers: route.matchers.map((matcher) => ({ ...matcher })) }));

export const getRoutes = query(contract.getRoutes, async (deps, { identity }) =>
  view(await deps.store.read.routes.get(identity.namespace))
);

export const updateRoutes = change(contract.updateRoutes, async (deps, call, { items, version }) => {
  const { tx, identity, now } = call;
  const { namespace } = identity;
  compileRoutes(items, deps.compileRegex);
  await requireReceivers(call, items);
  const before = await tx.routes.get(namespace);
  if (version !== undefined && version !== before.version) {
    throw new EngineError(
      'conflict',
      `The routes were changed by ${before.updatedBy} since you read them (version ${before.version}, yours ${version}). Load them again.`
    );
  }
  const table: RouteTable = { routes: items, version: before.version + 1, updatedAt: now, updatedBy: identity.name };
  await tx.routes.save(namespace, table);
  await deps.pipeline.refreshSuppression(tx, namespace);
  await tx.changes.append(namespace, [{ topic: 'routes', id: '' }]);
  return { output: view(table), audit: { object: 'routes', before: facts(before.routes), after: facts(items) } };
});

async function requireReceivers(call: ChangeCall, routes: readonly Route[]): Promise<void> {
  const known = new Set((await call.tx.receivers.list(call.identity.namespace)).map(({ name }) => name));
  const errors = routes.flatMap((route, index) =>
    known.has(route.receiver)
      ? []
      : [{ path: `items[${index}].receiver`, message: `there is no receiver named ${route.receiver}` }]
  );
  const first = errors[0];
  if (first !== undefined) {
    throw new EngineError('invalid_input', `${first.path}: ${first.message}`, { errors });
  }
}

export const matchRoutes = query(contract.matchRoutesOperation, async (deps, { identity }, { labels }) => {
  const { routes } = await deps.store.read.routes.get(identity.namespace);
  const matched = matchLabels(compileRoutes(routes, deps.compileRegex), labels);
  return { receivers: [...matched.receivers], routes: [...matched.routes] };
});
