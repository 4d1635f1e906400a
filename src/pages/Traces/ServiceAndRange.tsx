import { Combobox } from '@grafana/ui';
import { listTraceAttributeValues } from '../../api/traces.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { FilterRow } from '../../ui/FilterRow.tsx';
import { RangeField } from '../../ui/RangeField.tsx';
import { AgainButton } from './AgainButton.tsx';
import type { TraceSearch } from './traceSearch.ts';

export interface ServiceAndRangeProps {
  readonly search: TraceSearch;
  readonly isBusy: boolean;
  readonly onAgain: () => void;
}

/** Of which service, and when. */
export function ServiceAndRange({ search, isBusy, onAgain }: ServiceAndRangeProps) {
  const params = useQueryParams();
  const service = params.get('service');
  const { data } = useOperation(listTraceAttributeValues, { attribute: 'resource.service.name', limit: 500 });
  const names = new Set([...(service === undefined ? [] : [service]), ...(data?.items ?? [])]);
  return (
    <FilterRow
      label={t('traces.service-and-range.choose', 'Choose service and time')}
      active={service === undefined ? 0 : 1}
      lead={
        <RangeField
          value={search.range}
          onChange={({ raw }) => params.set({ from: writeRangeEnd(raw.from), to: writeRangeEnd(raw.to) })}
        />
      }
    >
      <Combobox
        aria-label={t('traces.service-and-range.service', 'Service')}
        placeholder={t('traces.service-and-range.service', 'Service')}
        width="auto"
        minWidth={16}
        isClearable
        createCustomValue
        options={[...names].map((value) => ({ value, label: value }))}
        value={service ?? null}
        onChange={(option) => params.set({ service: option?.value ?? null })}
      />
      <AgainButton isBusy={isBusy} onClick={onAgain} />
    </FilterRow>
  );
}
