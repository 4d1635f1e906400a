import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { splitTexts } from '../core/textList.ts';
import type { HostLocation } from './host.ts';
import { useHost } from './HostContext.ts';

export function useLocation(): HostLocation {
  const { navigation } = useHost();
  return useSyncExternalStore(navigation.subscribe, navigation.current);
}

/** null takes a parameter out of the address. */
export type ParamChanges = Readonly<Record<string, string | null>>;

export interface QueryParams {
  readonly get: (name: string) => string | undefined;
  /** A list as `joinTexts` writes it; empty when absent. */
  readonly list: (name: string) => readonly string[];
  /** `push` leaves a step for Back: for what opens, not for what is typed. */
  readonly set: (changes: ParamChanges, options?: { readonly push?: boolean }) => void;
}

/** Search text after some parameters changed; the rest keeps its order. */
export function changeSearch(search: string, changes: ParamChanges): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') {
      params.delete(name);
    } else {
      params.set(name, value);
    }
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}

/** The address is where a page keeps its filters, sorting, selection and open drawer. */
export function useQueryParams(): QueryParams {
  const { navigation } = useHost();
  const { search } = useLocation();
  const set = useCallback<QueryParams['set']>(
    (changes, { push = false } = {}) => {
      // Read anew: two changes within one event must not undo each other.
      const { path, search: latest } = navigation.current();
      const next = changeSearch(latest, changes);
      if (next !== latest) {
        navigation.go(path + next, { replace: !push });
      }
    },
    [navigation]
  );
  return useMemo(() => {
    const params = new URLSearchParams(search);
    return {
      get: (name) => params.get(name) ?? undefined,
      list: (name) => splitTexts(params.get(name) ?? ''),
      set,
    };
  }, [search, set]);
}
