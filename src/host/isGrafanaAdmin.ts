import { config } from '@grafana/runtime';

/**
 * Whether Grafana says that who looks is an admin of the organisation, whom the engine takes for one too. For links on Grafana's own
 * pages, before anything of ours has been loaded; the engine itself decides what they may do.
 */
export const isGrafanaAdmin = (): boolean => config.bootData.user.orgRole === 'Admin';
