import { changeSearch } from './useLocation.ts';

/**
 * What the address of a comparison may hold. `kind` is `traces` (`a`, `b`: ids), `queries` (`a`, `b`: TraceQL), `time` (`q`, `at`,
 * `each`), `versions` (`service`, `a`, `b`), `slow` (`q`) or `selection` (`q`, `ids`); `from` and `to` as in Grafana, such as `now-1h`.
 */
export type CompareParams = Partial<
  Readonly<
    Record<
      'kind' | 'a' | 'b' | 'q' | 'service' | 'from' | 'to' | 'afrom' | 'ato' | 'at' | 'each' | 'ids' | 'limit',
      string
    >
  >
>;

/** Place of a comparison: its address says all of it. */
export const comparePath = (params: CompareParams): string => `/traces/compare${changeSearch('', { ...params })}`;
