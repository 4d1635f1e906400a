import type { TimeWindow } from './evidence.ts';

/** Of the plugin of Grafana's that shows profiles. */
export const PROFILES_TYPE = 'grafana-pyroscope-datasource';

export interface ProfileOfSpan {
  readonly service: string;
  /** As the span's attribute `pyroscope.profile.id` has it. */
  readonly profile: string;
  readonly window: TimeWindow;
  /** Of the data source; without it Grafana is to find one by its type. */
  readonly uid?: string | undefined;
}

/**
 * Address of the CPU profile of a span in Grafana's Explore, as Grafana's own trace view asks for it (`queryType: profile`,
 * `spanSelector`).
 * @param grafana address of Grafana, or its path on this site
 */
export function profilesUrl(grafana: string, { service, profile, window, uid }: ProfileOfSpan): string {
  const query = {
    refId: 'A',
    datasource: { type: PROFILES_TYPE, ...(uid === undefined ? {} : { uid }) },
    queryType: 'profile',
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    labelSelector: `{service_name=${JSON.stringify(service)}}`,
    spanSelector: [profile],
    groupBy: [],
  };
  const pane = {
    datasource: uid ?? PROFILES_TYPE,
    queries: [query],
    range: { from: String(window.from), to: String(window.to) },
  };
  const panes = encodeURIComponent(JSON.stringify({ pharos: pane }));
  return `${grafana.replace(/\/+$/, '')}/explore?schemaVersion=1&panes=${panes}`;
}
