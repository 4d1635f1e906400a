import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import type { MapParams } from './mapParams.ts';
import { comparisonOfMap } from './tracesOfMap.ts';

/** From what is different on the map to what makes the difference. */
export function CompareTraces({ service, params }: { readonly service: string; readonly params: MapParams }) {
  const place = comparisonOfMap(service, params);
  return place === undefined ? null : (
    <AppLink to={place}>{t('map.compare-traces.compare', 'Compare traces of {{service}}', { service })}</AppLink>
  );
}
