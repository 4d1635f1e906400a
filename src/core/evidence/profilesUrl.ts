import type { TimeWindow } from './evidence.ts';

export interface ProfileOfSpan {
  readonly service: string;
  /** As the span's attribute `pyroscope.profile.id` has it. */
  readonly profile: string;
  readonly window: TimeWindow;
}

/**
 * Address of the CPU profile of a span in Grafana's Explore, as Grafana's own trace view asks for it (`queryType: profile`,
 * `spanSelector`). The data source is found by its type, whichever uid it has.
 * @param grafana address of Grafana, or its path on this site
 */
export function profilesUrl(grafana: string, { service, profile, window }: ProfileOfSpan): string {
  const type = 'grafana-pyroscope-datasource';
  const query = {
    refId: 'A',
    datasource: { type },
    queryType: 'profile',
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    labelSelector: `{service_name=${JSON.stringify(service)}}`,
    spanSelector: [profile],
    groupBy: [],
  };
  const pane = { datasource: type, queries: [query], range: { from: String(window.from), to: String(window.to) } };
  const panes = encodeURIComponent(JSON.stringify({ pharos: pane }));
  return `${grafana.replace(/\/+$/, '')}/explore?schemaVersion=1&panes=${panes}`;
}
