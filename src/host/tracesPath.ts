import { changeSearch } from './useLocation.ts';

/** What the address of a search may hold; `from` and `to` as in Grafana, `now-1h` or epoch ms. */
export type TracesParams = Partial<
  Readonly<Record<'service' | 'operation' | 'status' | 'min' | 'max' | 'attr' | 'q' | 'tab' | 'from' | 'to', string>>
>;

/** Place of a search for traces. */
export const tracesPath = (params: TracesParams = {}): string => `/traces${changeSearch('', { ...params })}`;

/** Place of a search for the traces of a service in a window, epoch ms; with a tab, of what they have in common. */
export const tracesOfService = (
  service: string,
  { from, to }: { readonly from: number; readonly to: number },
  tab?: 'errors' | 'calls'
): string => tracesPath({ service, from: String(from), to: String(to), ...(tab === undefined ? {} : { tab }) });
