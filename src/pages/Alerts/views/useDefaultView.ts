import { useEffect, useState } from 'react';
import { useQueryParams } from '../../../host/useLocation.ts';
import type { Views } from './useViews.ts';
import { asksForSomething, paramsToShow } from './viewParams.ts';

/**
 * Opens the page with one's default view where the address asks for nothing. Only when it opens: whoever takes the last filter away to
 * enter another is not interrupted.
 * @returns false as long as it is not known what to ask for
 */
export function useDefaultView({ items, isSettled }: Views): boolean {
  const params = useQueryParams();
  const asks = asksForSomething(params);
  const [hasAsked, setHasAsked] = useState(asks);
  if (asks && !hasAsked) {
    setHasAsked(true);
  }
  const view = asks || hasAsked ? undefined : items.find(({ isDefault }) => isDefault);
  useEffect(() => {
    if (view !== undefined) {
      params.set({ ...paramsToShow(view.params), view: view.id });
    }
  }, [view, params]);
  return asks || (isSettled && view === undefined);
}
