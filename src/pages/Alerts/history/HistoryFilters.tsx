import type { TimeRange } from '@grafana/data';
import { Combobox, Input, LinkButton, MultiCombobox } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { exportHistory } from '../../../api/alerts.ts';
import { listServices } from '../../../api/system.ts';
import { TRANSITION_KINDS } from '../../../core/alerts/transition.ts';
import { useHost } from '../../../host/HostContext.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { FilterRow } from '../../../ui/FilterRow.tsx';
import { useSettled } from '../../../ui/useSettled.ts';
import { RangeField } from '../../../ui/RangeField.tsx';
import { TRANSITION_LOOK } from '../transitionLook.ts';
import { exportQuery, writeEnd, type HistoryFilter } from './historyFilters.ts';

const kindOptions = () => TRANSITION_KINDS.map((value) => ({ value, label: TRANSITION_LOOK[value].word }));
const FILTERS = ['service', 'kind', 'rule', 'actor'] as const;
const TYPED_AFTER_MS = 300;
const FORMAT = 'CSV';

/** When, where, which rule, who and what; all of it in the address, and the same for the CSV. */
export function HistoryFilters({ range, filter }: { range: TimeRange; filter: HistoryFilter }) {
  const { downloadUrl } = useHost();
  const params = useQueryParams();
  const { data } = useOperation(listServices, {});
  const service = params.get('service');
  const names = new Set([...(data?.items ?? []).map(({ name }) => name), ...(service === undefined ? [] : [service])]);
  return (
    <FilterRow
      label={t('alerts.history-filters.filter-the-history', 'Filter the history')}
      active={FILTERS.filter((name) => params.get(name) !== undefined).length}
      lead={
        <RangeField
          value={range}
          onChange={({ raw }) => params.set({ from: writeEnd(raw.from, 'from'), to: writeEnd(raw.to, 'to') })}
        />
      }
    >
      <Combobox
        aria-label={t('alerts.history-filters.service', 'Service')}
        placeholder={t('alerts.history-filters.service', 'Service')}
        width="auto"
        minWidth={16}
        isClearable
        createCustomValue
        options={[...names].map((value) => ({ value, label: value }))}
        value={service ?? null}
        onChange={(option) => params.set({ service: option?.value ?? null })}
      />
      <MultiCombobox
        aria-label={t('alerts.history-filters.what-happened', 'What happened')}
        placeholder={t('alerts.history-filters.what-happened', 'What happened')}
        width="auto"
        minWidth={18}
        maxWidth={40}
        options={kindOptions()}
        value={[...params.list('kind')]}
        onChange={(chosen) => params.set({ kind: chosen.map(({ value }) => value).join(',') })}
      />
      <TextFilter name="rule" label={t('alerts.history-filters.rule', 'Rule')} />
      <TextFilter name="actor" label={t('alerts.history-filters.by-whom', 'By whom')} />
      {downloadUrl && (
        <LinkButton
          variant="secondary"
          icon="download-alt"
          href={downloadUrl(exportHistory.path, exportQuery(filter))}
          download="pharos-history.csv"
        >
          {FORMAT}
        </LinkButton>
      )}
    </FilterRow>
  );
}

function TextFilter({ name, label }: { name: string; label: string }) {
  const params = useQueryParams();
  const [text, setText] = useState(params.get(name) ?? '');
  const settled = useSettled(text, TYPED_AFTER_MS);
  useEffect(() => {
    params.set({ [name]: settled.trim() });
    // Only what was typed writes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <Input
      aria-label={label}
      placeholder={label}
      width={18}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
