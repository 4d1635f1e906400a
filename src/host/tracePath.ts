import { changeSearch } from './useLocation.ts';

export interface TracePlace {
  /** Id of the span to open. */
  readonly span?: string;
  /** About when it was, epoch ms, where that is known: its source looks there first. */
  readonly window?: { readonly from: number; readonly to: number };
}

/** Where one trace is shown. */
export const tracePath = (traceId: string, { span = '', window }: TracePlace = {}): string =>
  `/traces/${encodeURIComponent(traceId)}${changeSearch('', {
    span,
    ...(window === undefined ? {} : { from: String(window.from), to: String(window.to) }),
  })}`;
