import { useRef } from 'react';
import { listAlerts, type AlertView } from '../../../api/alerts.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { LoadState } from '../../../ui/LoadState.tsx';
import { useDefaultView } from '../views/useDefaultView.ts';
import { useViews } from '../views/useViews.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { isFiltered, readFilters } from './alertFilters.ts';
import { AlertList } from './AlertList.tsx';
import { NoAlerts } from './AlertsEnd.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ListAnswer } from './ListAnswer.tsx';
import { useFilterOptions } from './useFilterOptions.ts';

const NONE: readonly AlertView[] = [];

/** What is open, and taking it. */
export function OpenAlerts() {
  const params = useQueryParams();
  const search = useRef<HTMLInputElement>(null);
  const filtered = isFiltered(params);
  const views = useViews();
  const isOpened = useDefaultView(views);
  const query = useOperation(listAlerts, readFilters(params), { keepPrevious: true, enabled: isOpened });
  return (
    <>
      <ListAnswer data={query.data} filtered={filtered} />
      <FilterBar
        ref={search}
        options={useFilterOptions(query.data?.items ?? NONE)}
        views={<ViewsMenu views={views} />}
        onClear={views.clear}
      />
      <LoadState what={t('alerts.open-alerts.the-alerts', 'The alerts')} query={query} height={38} rows={6} />
      <AlertList data={query.data} search={search} />
      {query.data?.items.length === 0 && <NoAlerts filtered={filtered} />}
    </>
  );
}
