import type { TimeWindow } from './evidence.ts';

/** Uids of the data sources that our own provisioning gives to Grafana. */
const DATASOURCES = { loki: 'loki', tempo: 'tempo', prometheus: 'prometheus' } as const;

/** What to show in Grafana's Explore: a LogQL query, a PromQL query, or a TraceQL query or the id of a trace. */
export type ExploreQuery = ({ readonly logs: string } | { readonly metrics: string } | { readonly traces: string }) & {
  readonly window: TimeWindow;
};

/**
 * Address of a query in Grafana's Explore, as Grafana 12 itself writes it (`schemaVersion=1`, times as epoch ms in texts).
 * @param grafana address of Grafana, or its path on this site
 */
export function exploreUrl(grafana: string, query: ExploreQuery): string {
  const { kind, asked } = askedOf(query);
  const uid = DATASOURCES[kind];
  const pane = {
    datasource: uid,
    queries: [{ refId: 'A', datasource: { type: kind, uid }, ...asked }],
    range: { from: String(query.window.from), to: String(query.window.to) },
  };
  const panes = encodeURIComponent(JSON.stringify({ pharos: pane }));
  return `${grafana.replace(/\/+$/, '')}/explore?schemaVersion=1&panes=${panes}`;
}

function askedOf(query: ExploreQuery) {
  if ('logs' in query) {
    return { kind: 'loki', asked: { expr: query.logs, queryType: 'range' } } as const;
  }
  return 'metrics' in query
    ? ({ kind: 'prometheus', asked: { expr: query.metrics, range: true } } as const)
    : ({
        kind: 'tempo',
        asked: { query: query.traces, queryType: 'traceql', tableType: 'traces', limit: 20 },
      } as const);
}
