import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import type { MapParams } from './mapParams.ts';
import { tracesOfMap } from './tracesOfMap.ts';

export interface CallTracesProps {
  /** TraceQL of all traces with such a call, and of those in which one failed. */
  readonly all: string;
  readonly failed: string;
  readonly params: MapParams;
}

/** Leads to the traces of calls, in the window of the map. */
export function CallTraces({ all, failed, params }: CallTracesProps) {
  return (
    <>
      <AppLink to={tracesOfMap({ q: all }, params)}>{t('map.call-traces.all', 'Traces of these calls')}</AppLink>
      <AppLink to={tracesOfMap({ q: failed }, params)}>
        {t('map.call-traces.failed', 'Traces in which they failed')}
      </AppLink>
    </>
  );
}
