import { css } from '@emotion/css';
import { Button, FilterInput, MultiCombobox, useStyles2 } from '@grafana/ui';
import { forwardRef, useEffect, useId, useState, type ReactNode } from 'react';
import { ALERT_STATES } from '../../../core/alerts/alert.ts';
import { SEVERITIES } from '../../../core/alerts/severity.ts';
import { joinTexts } from '../../../core/textList.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../../ui/breakpoints.ts';
import { FilterRow } from '../../../ui/FilterRow.tsx';
import { ALERT_STATE_LOOK, SEVERITY_LOOK } from '../../../ui/tone.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { FILTER_NAMES, isFiltered } from './alertFilters.ts';
import { ChoiceMenu } from './ChoiceMenu.tsx';
import { readGrouping } from './groupAlerts.ts';
import type { FilterOption, FilterOptions } from './useFilterOptions.ts';

const STATES = ALERT_STATES.map((value) => ({ value, label: ALERT_STATE_LOOK[value].word }));
const SEVERITY_OPTIONS = SEVERITIES.toReversed().map((value) => ({ value, label: SEVERITY_LOOK[value].word }));
const ACKNOWLEDGED = [
  {
    value: '',
    get label() {
      return t('alerts.filter-bar.all', 'All');
    },
  },
  {
    value: 'no',
    get label() {
      return t('alerts.filter-bar.unacknowledged', 'Unacknowledged');
    },
  },
  {
    value: 'yes',
    get label() {
      return t('alerts.filter-bar.acknowledged', 'Acknowledged');
    },
  },
];
const GROUPS = [
  {
    value: '',
    get label() {
      return t('alerts.filter-bar.none', 'None');
    },
  },
  {
    value: 'service',
    get label() {
      return t('alerts.filter-bar.service', 'Service');
    },
  },
  {
    value: 'severity',
    get label() {
      return t('alerts.filter-bar.severity', 'Severity');
    },
  },
  {
    value: 'team',
    get label() {
      return t('alerts.filter-bar.team', 'Team');
    },
  },
];
const TYPED_AFTER_MS = 250;

export interface FilterBarProps {
  readonly options: FilterOptions;
  /** The views that one has saved. */
  readonly views: ReactNode;
  readonly onClear: () => void;
}

/** Search, filters and grouping, all of them in the address; on a phone they fold into one button. */
export const FilterBar = forwardRef<HTMLInputElement, FilterBarProps>(function FilterBar(
  { options, views, onClear },
  search
) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const active = FILTER_NAMES.filter((name) => name !== 'q' && name !== 'limit' && params.get(name) !== undefined);
  return (
    <FilterRow
      label={t('alerts.filter-bar.filter-alerts', 'Filter alerts')}
      active={active.length}
      lead={
        <div className={styles.search}>
          <SearchField inputRef={search} />
        </div>
      }
    >
      <ListFilter name="state" label={t('alerts.filter-bar.state', 'State')} options={STATES} />
      <ListFilter name="severity" label={t('alerts.filter-bar.severity', 'Severity')} options={SEVERITY_OPTIONS} />
      <ListFilter name="service" label={t('alerts.filter-bar.service', 'Service')} options={options.services} />
      <ListFilter name="team" label={t('alerts.filter-bar.team', 'Team')} options={options.teams} />
      <ChoiceMenu
        label={t('alerts.filter-bar.standing', 'Handling')}
        options={ACKNOWLEDGED}
        value={params.get('ack') ?? ''}
        onChange={(ack) => params.set({ ack })}
      />
      <ChoiceMenu
        label={t('alerts.filter-bar.group-by', 'Group by')}
        options={GROUPS}
        value={readGrouping(params.get('group')) ?? ''}
        onChange={(group) => params.set({ group, collapsed: null })}
      />
      {views}
      {isFiltered(params) && (
        <Button variant="secondary" fill="text" icon="times" onClick={onClear}>
          {t('alerts.filter-bar.clear-filters', 'Clear filters')}
        </Button>
      )}
    </FilterRow>
  );
});

interface ListFilterProps {
  /** Of the parameter in the address. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly FilterOption[];
}

function ListFilter({ name, label, options }: ListFilterProps) {
  const params = useQueryParams();
  const id = useId();
  return (
    <>
      {/* The box takes no label of its own, and its placeholder goes with the first choice. */}
      <span id={id} hidden>
        {label}
      </span>
      <MultiCombobox
        aria-labelledby={id}
        placeholder={label}
        width="auto"
        minWidth={14}
        maxWidth={40}
        options={[...options]}
        value={params.list(name).slice()}
        onChange={(chosen) => params.set({ [name]: joinTexts(chosen.map(({ value }) => value)) })}
      />
    </>
  );
}

/** Types at once, asks when the typing rests. */
function SearchField({ inputRef }: { inputRef: React.ForwardedRef<HTMLInputElement> }) {
  const params = useQueryParams();
  const stored = params.get('q') ?? '';
  const [text, setText] = useState(stored);
  const [seen, setSeen] = useState(stored);
  const settled = useSettled(text, TYPED_AFTER_MS);
  // The address changed by itself: Back, a link, or "Clear filters".
  if (stored !== seen) {
    setSeen(stored);
    setText(stored);
  }
  useEffect(() => {
    params.set({ q: settled.trim() });
    // Only what was typed writes the address; a change of the address must not be written back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <FilterInput
      ref={inputRef}
      aria-label={t('alerts.filter-bar.search-alerts', 'Search alerts')}
      placeholder={t('alerts.filter-bar.search-labels-or-text-such', 'Search labels or text, such as team=shop')}
      escapeRegex={false}
      value={text}
      onChange={setText}
    />
  );
}

const getStyles = () => ({
  search: css({ width: 360, maxWidth: '100%', [PHONE]: { width: '100%' } }),
});
