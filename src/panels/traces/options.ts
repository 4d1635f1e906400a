import { t } from '../../i18n/t.ts';

export const TRACE_VIEWS = ['auto', 'search', 'trace', 'path', 'map'] as const;
export type TraceView = (typeof TRACE_VIEWS)[number];

export const VIEW_WORDS: Readonly<Record<TraceView, { readonly label: string; readonly description: string }>> = {
  auto: {
    get label() {
      return t('panel.traces.view-auto', 'Automatic');
    },
    get description() {
      return t('panel.traces.view-auto-description', 'What fits the result of the query.');
    },
  },
  search: {
    get label() {
      return t('panel.traces.view-search', 'Search result');
    },
    get description() {
      return t('panel.traces.view-search-description', 'Traces that a search found, with their latencies.');
    },
  },
  trace: {
    get label() {
      return t('panel.traces.view-trace', 'One trace');
    },
    get description() {
      return t('panel.traces.view-trace-description', 'The spans of one trace over time, with its critical path.');
    },
  },
  path: {
    get label() {
      return t('panel.traces.view-path', 'Critical path');
    },
    get description() {
      return t('panel.traces.view-path-description', 'What held up the answer, by service and operation.');
    },
  },
  map: {
    get label() {
      return t('panel.traces.view-map', 'Map');
    },
    get description() {
      return t('panel.traces.view-map-description', 'Services and the calls between them.');
    },
  },
};

export interface TracesPanelOptions {
  readonly view: TraceView;
  /** Rows of a search result at most. */
  readonly maxRows: number;
}

export const DEFAULT_OPTIONS: TracesPanelOptions = { view: 'auto', maxRows: 100 };
