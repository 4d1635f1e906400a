import { updateRoutes } from '../../api/routing.ts';
import { useAction } from '../../host/useChange.ts';
import { t } from '../../i18n/t.ts';
import { routesOf, type RoutesDraft, type RouteTable } from './routesEditor.ts';

/** Saves all routes over the version that was read; undo saves that one again. */
export function useSaveRoutes(base: RouteTable, onSaved: (saved: RouteTable) => void) {
  const undo = useAction(
    (client, { items, version }: Pick<RouteTable, 'items' | 'version'>) =>
      client.call(updateRoutes, { items, version }),
    ['routes'],
    {
      failed: t('settings.use-save-routes.the-change-was-not-undone', 'The change was not undone'),
      done: () => t('settings.use-save-routes.the-routes-are-as-they', 'The routes are as they were before'),
    }
  );
  return useAction(
    (client, draft: RoutesDraft) => client.call(updateRoutes, { items: routesOf(draft), version: base.version }),
    ['routes'],
    {
      quiet: true,
      done(saved) {
        onSaved(saved);
        return {
          message: t('settings.use-save-routes.saved', '', {
            count: saved.items.length,
            defaultValue_one: '{{count}} route saved',
            defaultValue_other: '{{count}} routes saved',
          }),
          undo: () => undo.mutate({ items: base.items, version: saved.version }),
        };
      },
    }
  );
}
