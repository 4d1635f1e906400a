import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, Input, RadioButtonGroup, TextArea, useStyles2 } from '@grafana/ui';
import { useEffect } from 'react';
import { listTraceAttributeValues } from '../../api/traces.ts';
import { joinTexts } from '../../core/textList.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { buildTraceFilterQuery } from '../../queries/traceql/traceFilterQuery.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { FilterRow } from '../../ui/FilterRow.tsx';
import { RangeField } from '../../ui/RangeField.tsx';
import { AgainButton } from './AgainButton.tsx';
import { Conditions } from './Conditions.tsx';
import { RecentSearches } from './RecentSearches.tsx';
import { remember, searchIn } from './searchMemory.ts';
import { FILTER_PARAMS, millisecondsIn, type TraceSearch } from './traceSearch.ts';
import { useTyped } from './useTyped.ts';

const MODES = [
  {
    get label() {
      return t('traces.search-form.filter', 'Filter');
    },
    value: 'filter',
  },
  {
    get label() {
      return t('traces.search-form.traceql', 'TraceQL');
    },
    value: 'traceql',
  },
] as const;

const STATUS_OPTIONS = [
  {
    value: 'error',
    get label() {
      return t('traces.search-form.failed', 'Failed');
    },
  },
  {
    value: 'ok',
    get label() {
      return t('traces.search-form.ok', 'OK');
    },
  },
  {
    value: 'unset',
    get label() {
      return t('traces.search-form.unset', 'Unset');
    },
  },
];

export interface SearchFormProps {
  readonly search: TraceSearch;
  /** What the source has against the query. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly onAgain: () => void;
}

/** Which traces to look for: a filter, or TraceQL, which takes over what the filter says. */
export function SearchForm({ search, problem, isBusy, onAgain }: SearchFormProps) {
  const params = useQueryParams();
  const mode = search.query === undefined ? 'filter' : 'traceql';
  useRemembered(!isBusy && problem === null);
  return (
    <FilterRow
      label={t('traces.search-form.search-traces', 'Search traces')}
      // What is wrong with a query must be seen.
      isOpenAtFirst={mode === 'traceql'}
      active={mode === 'traceql' ? 1 : FILTER_PARAMS.filter((name) => params.get(name) !== undefined).length}
      lead={
        <RangeField
          value={search.range}
          onChange={({ raw }) => params.set({ from: writeRangeEnd(raw.from), to: writeRangeEnd(raw.to), ids: null })}
        />
      }
    >
      <RadioButtonGroup
        aria-label={t('traces.search-form.how', 'How to search')}
        options={[...MODES]}
        value={mode}
        onChange={(chosen) =>
          // The filter stays in the address: who comes back finds it as it was.
          params.set({ q: chosen === 'traceql' ? buildTraceFilterQuery(search.filter) : null, ids: null })
        }
      />
      {mode === 'filter' ? (
        <FilterFields />
      ) : (
        <TraceQlField query={search.query ?? ''} problem={problem} onAgain={onAgain} />
      )}
      <RecentSearches />
      <AgainButton isBusy={isBusy} onClick={onAgain} />
    </FilterRow>
  );
}

/** A search that was answered is one to come back to. */
function useRemembered(isAnswered: boolean): void {
  const { get } = useQueryParams();
  useEffect(() => {
    const search = isAnswered ? searchIn(get) : undefined;
    if (search !== undefined) {
      remember(search);
    }
  }, [get, isAnswered]);
}

function FilterFields() {
  const params = useQueryParams();
  const set = (name: (typeof FILTER_PARAMS)[number], value: string | null): void =>
    params.set({ [name]: value, ids: null });
  return (
    <>
      <ValueField
        label={t('traces.search-form.service', 'Service')}
        attribute="resource.service.name"
        value={params.get('service')}
        onChange={(value) => set('service', value)}
      />
      <ValueField
        label={t('traces.search-form.operation', 'Operation')}
        attribute="name"
        value={params.get('operation')}
        onChange={(value) => set('operation', value)}
      />
      <Combobox
        aria-label={t('traces.search-form.status', 'Status')}
        placeholder={t('traces.search-form.status', 'Status')}
        width="auto"
        minWidth={12}
        isClearable
        options={STATUS_OPTIONS}
        value={params.get('status') ?? null}
        onChange={(option) => set('status', option?.value ?? null)}
      />
      <DurationField
        label={t('traces.search-form.longer', 'Longer than')}
        value={params.get('min')}
        onChange={(value) => set('min', value)}
      />
      <DurationField
        label={t('traces.search-form.shorter', 'Shorter than')}
        value={params.get('max')}
        onChange={(value) => set('max', value)}
      />
      <Conditions texts={params.list('attr')} onChange={(texts) => set('attr', joinTexts(texts))} />
    </>
  );
}

interface ValueFieldProps {
  readonly label: string;
  /** As TraceQL names it. */
  readonly attribute: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | null) => void;
}

function ValueField({ label, attribute, value, onChange }: ValueFieldProps) {
  const { data } = useOperation(listTraceAttributeValues, { attribute, limit: 500 });
  const values = new Set([...(value === undefined ? [] : [value]), ...(data?.items ?? [])]);
  return (
    <Combobox
      aria-label={label}
      placeholder={label}
      width="auto"
      minWidth={16}
      maxWidth={32}
      isClearable
      createCustomValue
      options={[...values].map((one) => ({ value: one, label: one }))}
      value={value ?? null}
      onChange={(option) => onChange(option?.value ?? null)}
    />
  );
}

interface DurationFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | null) => void;
}

/** What is typed counts once the field is left, or Enter is pressed. */
function DurationField({ label, value = '', onChange }: DurationFieldProps) {
  const [text, setText] = useTyped(value);
  const isWrong = text.trim() !== '' && millisecondsIn(text) === undefined;
  const finish = (): void => {
    if (!isWrong && text.trim() !== value) {
      onChange(text.trim() === '' ? null : text.trim());
    }
  };
  return (
    <Field
      noMargin
      invalid={isWrong}
      error={t('traces.search-form.enter-a-duration', 'Enter a duration such as 300ms or 1.5s.')}
    >
      <Input
        aria-label={label}
        placeholder={label}
        width={14}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => event.key === 'Enter' && finish()}
      />
    </Field>
  );
}

interface TraceQlFieldProps {
  readonly query: string;
  readonly problem: string | null;
  readonly onAgain: () => void;
}

function TraceQlField({ query, problem, onAgain }: TraceQlFieldProps) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const [text, setText] = useTyped(query);
  const written = text.trim() === '' ? '{ }' : text;
  const search = (): void => params.set({ q: written, ids: null });
  return (
    <Field noMargin className={styles.query} invalid={problem !== null} error={problem}>
      <TextArea
        aria-label={t('traces.search-form.traceql', 'TraceQL')}
        rows={2}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        // Nothing was typed: what is selected stays so.
        onBlur={() => written !== query && search()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            (written === query ? onAgain : search)();
          }
        }}
      />
    </Field>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  query: css({
    flex: '1 1 400px',
    [PHONE]: { flex: 'none' },
    '& textarea': { fontFamily: theme.typography.fontFamilyMonospace },
  }),
});
