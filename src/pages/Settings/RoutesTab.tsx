import { getRoutes, listReceivers } from '../../api/routing.ts';
import { useCan } from '../../host/useIdentity.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Answered } from './Answered.tsx';
import { RouteList } from './RouteList.tsx';
import { RoutesEditor } from './RoutesEditor.tsx';
import { RouteTester } from './RouteTester.tsx';
import { draftOf, type RouteTable } from './routesEditor.ts';
import { TabIntro } from './TabIntro.tsx';

/** Which alert goes to which receiver: the first route that matches, unless it says to go on. */
export function RoutesTab() {
  const canChange = useCan('admin');
  const routes = useOperation(getRoutes, {});
  const receivers = useOperation(listReceivers, {});
  const names = receivers.data?.items.map(({ name }) => name) ?? [];
  return (
    <Answered answer={routes} what={t('settings.routes-tab.the-routes', 'The routes')}>
      {(table) => (canChange ? <RoutesEditor stored={table} receivers={names} /> : <ReadRoutes table={table} />)}
    </Answered>
  );
}

function ReadRoutes({ table }: { table: RouteTable }) {
  return (
    <>
      <TabIntro>
        {t(
          'settings.routes-tab.an-alert-goes-to-the',
          'An alert goes to the receiver of the first route that matches it. Only an admin can change routes.'
        )}
      </TabIntro>
      <RouteList routes={table.items} />
      <RouteTester draft={draftOf(table)} isSaved />
    </>
  );
}
