import { useMemo } from 'react';
import { listViews, type SavedViewView } from '../../../api/views.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { FILTER_NAMES } from '../open/alertFilters.ts';
import { EVERYTHING, paramsToShow, readViewParams, sameParams, type ViewParams } from './viewParams.ts';

export interface Views {
  /** By name. */
  readonly items: readonly SavedViewView[];
  /** Whether it is known which there are; also true when they could not be loaded: the page works without. */
  readonly isSettled: boolean;
  /** The one that the address names. */
  readonly current: SavedViewView | undefined;
  /** What stands in the address, as a view would keep it. */
  readonly params: ViewParams;
  /** Whether that is no longer what the current view keeps. */
  readonly isChanged: boolean;
  readonly show: (view: SavedViewView) => void;
  /** Every open alert, ungrouped. */
  readonly showAll: () => void;
  /** Takes the filters away and leaves the grouping. */
  readonly clear: () => void;
  /** Says in the address that this view is what is seen. */
  readonly name: (id: string | null) => void;
}

const NONE: readonly SavedViewView[] = [];
const CLEARED = Object.fromEntries(FILTER_NAMES.map((name) => [name, null]));

/** The views that one has saved of this page, and which of them is seen. */
export function useViews(): Views {
  const params = useQueryParams();
  const { data, isPending } = useOperation(listViews, { page: 'alerts' });
  return useMemo(() => {
    const items = data?.items ?? NONE;
    const current = items.find(({ id }) => id === params.get('view'));
    const seen = readViewParams(params);
    // Without it, a reload of the whole list would show the default view again.
    const whole = items.some(({ isDefault }) => isDefault) ? EVERYTHING : null;
    return {
      items,
      isSettled: !isPending,
      current,
      params: seen,
      isChanged: current !== undefined && !sameParams(current.params, seen),
      show: (view) => params.set({ ...paramsToShow(view.params), view: view.id }, { push: true }),
      showAll: () => params.set({ ...paramsToShow({}), view: whole }, { push: true }),
      clear: () => params.set({ ...CLEARED, view: whole }),
      name: (id) => params.set({ view: id }),
    };
  }, [data, isPending, params]);
}
