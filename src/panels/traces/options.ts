export const TRACE_VIEWS = ['auto', 'search', 'trace', 'path', 'map'] as const;
export type TraceView = (typeof TRACE_VIEWS)[number];

export const VIEW_WORDS: Readonly<Record<TraceView, { readonly label: string; readonly description: string }>> = {
  auto: { label: 'By the data', description: 'What fits the answer to the query.' },
  search: { label: 'Search result', description: 'Traces that a search found, with their latencies.' },
  trace: { label: 'One trace', description: 'The spans of one trace over time, with its critical path.' },
  path: { label: 'Critical path', description: 'What held up the answer, by service and operation.' },
  map: { label: 'Map', description: 'Services and the calls between them.' },
};

export interface TracesPanelOptions {
  readonly view: TraceView;
  /** Rows of a search result at most. */
  readonly maxRows: number;
}

export const DEFAULT_OPTIONS: TracesPanelOptions = { view: 'auto', maxRows: 100 };
