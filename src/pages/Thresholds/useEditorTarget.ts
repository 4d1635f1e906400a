import { useCallback, useMemo } from 'react';
import { useQueryParams } from '../../host/useLocation.ts';
import type { Prefill } from './thresholdForm.ts';

export type EditorTarget =
  | { readonly kind: 'edit'; readonly id: string; readonly tab: EditorTab }
  | { readonly kind: 'new'; readonly prefill: Prefill };

export type EditorTab = 'threshold' | 'history';

type Opening = { readonly kind: 'edit'; readonly id: string } | ({ readonly kind: 'new' } & Prefill);

const PREFILLED = { signal: null, owner: null, expr: null, unit: null, reason: null };
const CLOSED = { edit: null, new: null, ...PREFILLED, tab: null, range: null };

/** The open drawer, as the address has it: `?edit=ID&tab=history`, `?new=1&service=checkout&signal=latency_p95`, or with `&expr=`. */
export function useEditorTarget() {
  const params = useQueryParams();
  const { set } = params;
  const [id, isNew, service, signal, owner] = ['edit', 'new', 'service', 'signal', 'owner'].map(params.get);
  const [expr, unit, reason] = ['expr', 'unit', 'reason'].map(params.get);
  const tab: EditorTab = params.get('tab') === 'history' ? 'history' : 'threshold';
  const target = useMemo<EditorTarget | undefined>(() => {
    if (id !== undefined) {
      return { kind: 'edit', id, tab };
    }
    return isNew === undefined ? undefined : { kind: 'new', prefill: { service, signal, owner, expr, unit, reason } };
  }, [id, tab, isNew, service, signal, owner, expr, unit, reason]);

  const open = useCallback(
    (to: Opening) => {
      const changes =
        to.kind === 'edit'
          ? { ...CLOSED, edit: to.id }
          : { ...CLOSED, new: '1', service: to.service ?? null, signal: to.signal ?? null, owner: to.owner ?? null };
      set(changes, { push: true });
    },
    [set]
  );
  const wasNew = target?.kind === 'new';
  const close = useCallback(() => set(wasNew ? { ...CLOSED, service: null } : CLOSED, { push: true }), [set, wasNew]);
  const showTab = useCallback((next: EditorTab) => set({ tab: next === 'history' ? next : null }), [set]);
  return { target, open, close, showTab };
}
