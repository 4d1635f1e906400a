import type { Route } from '../../src/core/routing/route.ts';
import { fromJson } from './codecs.ts';
import type { Session } from './session.ts';
import type { RouteRepository } from './store.ts';

export function createRouteRepository(session: Session): RouteRepository {
  return {
    async get(namespace) {
      const row = await session
        .reader()
        .selectFrom('route_tables')
        .selectAll()
        .where('namespace', '=', namespace)
        .executeTakeFirst();
      return row === undefined
        ? { routes: [], version: 0, updatedAt: null, updatedBy: '' }
        : {
            routes: fromJson<readonly Route[]>(row.routes),
            version: row.version,
            updatedAt: row.updated_at,
            updatedBy: row.updated_by,
          };
    },

    async save(namespace, table) {
      const row = {
        namespace,
        routes: JSON.stringify(table.routes),
        version: table.version,
        updated_at: table.updatedAt,
        updated_by: table.updatedBy,
      };
      await session
        .writer('routes.save')
        .insertInto('route_tables')
        .values(row)
        .onConflict((conflict) => conflict.column('namespace').doUpdateSet(row))
        .execute();
    },
  };
}
