import { useMemo } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { joinTexts } from '../../../core/textList.ts';
import { useQueryParams } from '../../../host/useLocation.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The selected alerts that are in the list; one that resolved meanwhile drops out. */
  readonly alerts: readonly AlertView[];
  readonly toggle: (alert: AlertView) => void;
  readonly clear: () => void;
}

/** Which alerts are selected; kept in the address, so that a link shows the same. */
export function useSelection(alerts: readonly AlertView[]): Selection {
  const params = useQueryParams();
  return useMemo(() => {
    const ids = new Set(params.list('selected'));
    return {
      ids,
      alerts: alerts.filter(({ id }) => ids.has(id)),
      toggle({ id }) {
        const others = [...ids].filter((one) => one !== id);
        params.set({ selected: joinTexts(ids.has(id) ? others : [...others, id]) });
      },
      clear: () => params.set({ selected: null }),
    };
  }, [alerts, params]);
}
