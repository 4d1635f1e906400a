import { useEffect } from 'react';
import { useQueryParams } from '../../../host/useLocation.ts';
import type { Views } from './useViews.ts';
import { asksForSomething, paramsToShow } from './viewParams.ts';

/**
 * Opens the page with one's default view where the address asks for nothing. Whoever then clears the filters asks for everything, in
 * so many words: see `EVERYTHING`.
 * @returns false as long as it is not known what to ask for
 */
export function useDefaultView({ items, isSettled }: Views): boolean {
  const params = useQueryParams();
  const asks = asksForSomething(params);
  const view = asks ? undefined : items.find(({ isDefault }) => isDefault);
  useEffect(() => {
    if (view !== undefined) {
      params.set({ ...paramsToShow(view.params), view: view.id });
    }
  }, [view, params]);
  return asks || (isSettled && view === undefined);
}
