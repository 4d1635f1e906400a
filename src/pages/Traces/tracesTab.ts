import type { TraceSearch } from './traceSearch.ts';

/** What every tab of the page is given. */
export interface TracesTabProps {
  readonly search: TraceSearch;
  /** Takes `now` anew. */
  readonly onAgain: () => void;
}
