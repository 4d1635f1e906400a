import { updateRoutes } from '../../api/routing.ts';
import { useAction } from '../../host/useChange.ts';
import { routesOf, type RoutesDraft, type RouteTable } from './routesEditor.ts';

/** Saves all routes over the version that was read; undo saves that one again. */
export function useSaveRoutes(base: RouteTable, onSaved: (saved: RouteTable) => void) {
  const undo = useAction(
    (client, { items, version }: Pick<RouteTable, 'items' | 'version'>) =>
      client.call(updateRoutes, { items, version }),
    ['routes'],
    { failed: 'The change was not undone', done: () => 'The routes are as they were before' }
  );
  return useAction(
    (client, draft: RoutesDraft) => client.call(updateRoutes, { items: routesOf(draft), version: base.version }),
    ['routes'],
    {
      quiet: true,
      done(saved) {
        onSaved(saved);
        const count = saved.items.length;
        return {
          message: `${count} route${count === 1 ? '' : 's'} saved`,
          undo: () => undo.mutate({ items: base.items, version: saved.version }),
        };
      },
    }
  );
}
