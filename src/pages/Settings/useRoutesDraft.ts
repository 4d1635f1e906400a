import { useReducer, useState, type Dispatch } from 'react';
import {
  draftOf,
  isSameRoutes,
  routesReducer,
  type RoutesAction,
  type RoutesDraft,
  type RouteTable,
} from './routesEditor.ts';
import { useSaveRoutes } from './useSaveRoutes.ts';

export interface RoutesEditing {
  /** The version over which a save would be made. */
  readonly base: RouteTable;
  readonly draft: RoutesDraft;
  readonly dispatch: Dispatch<RoutesAction>;
  readonly isDirty: boolean;
  /** Somebody else saved while there are changes here. */
  readonly isOutdated: boolean;
  /** Takes these routes and drops the changes. */
  readonly take: (table: RouteTable) => void;
  /** Keeps the changes, to be saved over these routes. */
  readonly keepMine: (table: RouteTable) => void;
  readonly save: ReturnType<typeof useSaveRoutes>;
}

/** Routes while they are edited, beside those that the engine has. */
export function useRoutesDraft(stored: RouteTable): RoutesEditing {
  const [base, setBase] = useState(stored);
  const [draft, dispatch] = useReducer(routesReducer, stored, draftOf);
  const take = (table: RouteTable) => {
    setBase(table);
    dispatch({ kind: 'replace', draft: draftOf(table) });
  };
  const save = useSaveRoutes(base, take);
  const isDirty = !isSameRoutes(draft, base);
  const isNewer = stored.version > base.version && !save.isPending;
  if (isNewer && !isDirty) {
    // Nothing was changed here: the newer routes simply take their place.
    take(stored);
  }
  return { base, draft, dispatch, isDirty, isOutdated: isNewer && isDirty, take, keepMine: setBase, save };
}
