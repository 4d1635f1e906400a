import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FilterInput, MultiCombobox, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { forwardRef, useEffect, useState } from 'react';
import { ALERT_STATES } from '../../../core/alerts/alert.ts';
import { SEVERITIES } from '../../../core/alerts/severity.ts';
import { useQueryParams, type ParamChanges } from '../../../host/useLocation.ts';
import { PHONE } from '../../../ui/breakpoints.ts';
import { FilterRow } from '../../../ui/FilterRow.tsx';
import { ALERT_STATE_LOOK, SEVERITY_LOOK } from '../../../ui/tone.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { FILTER_NAMES, isFiltered } from './alertFilters.ts';

const STATES = ALERT_STATES.map((value) => ({ value, label: ALERT_STATE_LOOK[value].word }));
const SEVERITY_OPTIONS = SEVERITIES.toReversed().map((value) => ({ value, label: SEVERITY_LOOK[value].word }));
const ACKNOWLEDGED = [
  { value: '', label: 'All' },
  { value: 'no', label: 'Unacknowledged' },
  { value: 'yes', label: 'Acknowledged' },
];
const GROUPS = [
  { value: '', label: 'Urgency' },
  { value: 'service', label: 'Service' },
];
const TYPED_AFTER_MS = 250;

const cleared: ParamChanges = Object.fromEntries(FILTER_NAMES.map((name) => [name, null]));

/** Search and filters, all of them in the address; on a phone they fold into one button. */
export const FilterBar = forwardRef<HTMLInputElement, { services: readonly string[] }>(function FilterBar(
  { services },
  search
) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const list = (name: string) => ({
    value: [...params.list(name)],
    onChange: (chosen: ReadonlyArray<{ value: string }>) =>
      params.set({ [name]: chosen.map(({ value }) => value).join(',') }),
  });
  const active = FILTER_NAMES.filter((name) => name !== 'q' && name !== 'limit' && params.get(name) !== undefined);
  return (
    <FilterRow
      label="Filter alerts"
      active={active.length}
      lead={
        <div className={styles.search}>
          <SearchField inputRef={search} />
        </div>
      }
    >
      <MultiCombobox
        aria-label="State"
        placeholder="State"
        width="auto"
        minWidth={14}
        maxWidth={40}
        options={STATES}
        {...list('state')}
      />
      <MultiCombobox
        aria-label="Severity"
        placeholder="Severity"
        width="auto"
        minWidth={14}
        maxWidth={40}
        options={SEVERITY_OPTIONS}
        {...list('severity')}
      />
      <MultiCombobox
        aria-label="Service"
        placeholder="Service"
        width="auto"
        minWidth={14}
        maxWidth={40}
        options={services.map((value) => ({ value, label: value }))}
        {...list('service')}
      />
      <RadioButtonGroup
        aria-label="Acknowledged"
        options={ACKNOWLEDGED}
        value={params.get('ack') ?? ''}
        onChange={(ack) => params.set({ ack })}
      />
      <span className={styles.group}>
        <span id="alerts-group">Group by</span>
        <RadioButtonGroup
          aria-labelledby="alerts-group"
          options={GROUPS}
          value={params.get('group') ?? ''}
          onChange={(group) => params.set({ group })}
        />
      </span>
      {isFiltered(params) && (
        <Button variant="secondary" fill="text" icon="times" onClick={() => params.set(cleared)}>
          Clear filters
        </Button>
      )}
    </FilterRow>
  );
});

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
      aria-label="Search alerts"
      placeholder="Search labels or text, such as team=shop"
      escapeRegex={false}
      value={text}
      onChange={setText}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  search: css({ width: 360, maxWidth: '100%', [PHONE]: { width: '100%' } }),
  group: css({
    display: 'inline-flex',
    gap: theme.spacing(1),
    alignItems: 'center',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
