import { formatDuration } from '../../core/units.ts';
import { tracesOfService, tracesPath } from '../../host/tracesPath.ts';
import type { MapParams } from './mapParams.ts';

/** Place of the traces of a service in the window that the map shows. */
export const tracesOfMap = (service: string, { at, window }: Pick<MapParams, 'at' | 'window'>): string =>
  at === undefined
    ? tracesPath({ service, from: `now-${formatDuration(window)}`, to: 'now' })
    : tracesOfService(service, { from: at - window, to: at });
