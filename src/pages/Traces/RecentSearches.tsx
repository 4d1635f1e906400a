import { Button, Dropdown, Menu } from '@grafana/ui';
import { useSyncExternalStore } from 'react';
import { splitTexts } from '../../core/textList.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { changesTo, forgetAll, readRecent, subscribeToRecent, type RecentSearch } from './searchMemory.ts';

/** Letters that fit on a phone. */
const MOST_LETTERS = 40;

/** What was searched for last in this browser, to search so again in the time that is set; nothing where nothing was. */
export function RecentSearches() {
  const params = useQueryParams();
  const searches = useSyncExternalStore(subscribeToRecent, readRecent);
  if (searches.length === 0) {
    return null;
  }
  const menu = () => (
    <Menu ariaLabel={t('traces.recent-searches.recent', 'Recent searches')}>
      {searches.map((search) => {
        const words = describe(search);
        return (
          <Menu.Item
            key={JSON.stringify(search)}
            label={words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS - 1)}…` : words}
            ariaLabel={words}
            onClick={() => params.set({ ...changesTo(search), ids: null }, { push: true })}
          />
        );
      })}
      <Menu.Divider />
      <Menu.Item
        label={t('traces.recent-searches.forget', 'Forget these searches')}
        icon="trash-alt"
        onClick={forgetAll}
      />
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-start">
      <Button variant="secondary" icon="history" aria-haspopup="menu">
        {t('traces.recent-searches.recent', 'Recent searches')}
      </Button>
    </Dropdown>
  );
}

function describe({ q, service, operation, status, min, max, attr }: RecentSearch): string {
  const conditions = [
    ...[service, operation, status],
    ...[min === undefined ? undefined : `> ${min}`, max === undefined ? undefined : `< ${max}`],
    ...splitTexts(attr ?? ''),
  ];
  return q ?? conditions.filter((one) => one !== undefined).join(', ');
}
