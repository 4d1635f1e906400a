import { changeSearch } from '../../host/useLocation.ts';
import type { MapParams } from './mapParams.ts';

/** Place of the open alerts of a service; of a map of the past, of what became of its alerts in the window. */
export const alertsOfMap = (service: string, { at, window }: Pick<MapParams, 'at' | 'window'>): string =>
  at === undefined
    ? `/alerts${changeSearch('', { service })}`
    : `/alerts${changeSearch('', { tab: 'history', service, from: String(at - window), to: String(at) })}`;
