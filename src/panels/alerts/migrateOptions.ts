import type { PanelModel } from '@grafana/data';
import type { AlertsPanelOptions } from './options.ts';

interface SavedOptions extends Partial<AlertsPanelOptions> {
  /** Before there were more groups than those by service. */
  readonly groupByService?: unknown;
}

type SavedPanel = Pick<PanelModel<SavedOptions>, 'options'>;

/** Whether an older version saved the panel, whatever version Grafana has noted with it. */
export const isOutdated = ({ options }: SavedPanel): boolean => 'groupByService' in { ...options };

/** The options of a panel that an older version saved, in today's words. A group that was chosen since then stays. */
export function migrateOptions({ options }: SavedPanel): Partial<AlertsPanelOptions> {
  const { groupByService, ...rest }: SavedOptions = { ...options };
  return groupByService === true ? { groupBy: 'service', ...rest } : rest;
}
