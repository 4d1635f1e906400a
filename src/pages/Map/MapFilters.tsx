import { Checkbox, Combobox, Input } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { FilterRow } from '../../ui/FilterRow.tsx';
import { KIND_LOOK } from '../../ui/serviceMap/mapLook.ts';
import { useSettled } from '../../ui/useSettled.ts';
import type { MapParams } from './mapParams.ts';
import { isCut, type MapOutput } from './useServiceMap.ts';

const TYPED_AFTER_MS = 200;
const DEPTHS = [1, 2, 3].map((depth) => ({
  value: String(depth),
  get label() {
    return t('map.map-filters.calls-away', '', {
      count: depth,
      defaultValue_one: '{{count}} call away',
      defaultValue_other: '{{count}} calls away',
    });
  },
}));

export interface MapFiltersProps {
  readonly params: MapParams;
  readonly map: MapOutput;
  /** What the engine picked for the filters, where the map was cut. */
  readonly part: MapOutput | undefined;
}

/** Which part of the map is shown; all of it in the address. */
export function MapFilters({ params, map, part }: MapFiltersProps) {
  const query = useQueryParams();
  const { namespaces } = map;
  const { around, depth, errorsOnly, namespace } = params;
  const active = [around, namespace, errorsOnly || undefined].filter((filter) => filter !== undefined).length;
  return (
    <FilterRow
      label={t('map.map-filters.filter-the-map', 'Filter the map')}
      active={active}
      lead={<Search value={params.search} />}
    >
      <Combobox
        aria-label={t('map.map-filters.around', 'Around')}
        placeholder={t('map.map-filters.around-a-service', 'Around a service')}
        width="auto"
        minWidth={18}
        isClearable
        // What was left out has no place in the list, but it has a name.
        createCustomValue={isCut(map)}
        options={[...new Map([...map.nodes, ...(part?.nodes ?? [])].map((node) => [node.id, node])).values()].map(
          ({ id, name, kind }) => ({
            value: id,
            label: name,
            ...(kind === 'service' ? {} : { description: KIND_LOOK[kind].word }),
          })
        )}
        value={around ?? null}
        onChange={(option) => query.set({ around: option?.value ?? null })}
      />
      {around !== undefined && (
        <Combobox
          aria-label={t('map.map-filters.how-far', 'How far around')}
          // Grafana 12.4 takes the name of a combobox from here.
          placeholder={t('map.map-filters.how-far', 'How far around')}
          width={16}
          options={DEPTHS}
          value={String(depth)}
          onChange={({ value }) => query.set({ depth: value === '1' ? null : value })}
        />
      )}
      {(namespaces.length > 1 || namespace !== undefined) && (
        <Combobox
          aria-label={t('map.map-filters.namespace', 'Namespace')}
          placeholder={t('map.map-filters.namespace', 'Namespace')}
          width="auto"
          minWidth={14}
          isClearable
          options={[...new Set([...namespaces, ...(namespace === undefined ? [] : [namespace])])].map((value) => ({
            value,
          }))}
          value={namespace ?? null}
          onChange={(option) => query.set({ namespace: option?.value ?? null })}
        />
      )}
      <Checkbox
        label={t('map.map-filters.errors-only', 'Errors only')}
        value={errorsOnly}
        onChange={({ currentTarget }) => query.set({ errors: currentTarget.checked ? '1' : null })}
      />
    </FilterRow>
  );
}

function Search({ value }: { readonly value: string }) {
  const query = useQueryParams();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Back, or the menu: what is typed now is what was written last.
    setText(value);
  }
  const settled = useSettled(text, TYPED_AFTER_MS);
  useEffect(() => {
    query.set({ q: settled === '' ? null : settled });
    // Only what was typed is written; the address may change for other reasons.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <Input
      type="search"
      aria-label={t('map.map-filters.find', 'Find on the map')}
      placeholder={t('map.map-filters.find', 'Find on the map')}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}
