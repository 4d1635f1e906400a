import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { attributeKeys, type SpanGrouping } from '../../../core/traces/spanTable/groupSpans.ts';
import type { MeasuredTrace } from '../../../core/traces/spanTable/sortSpans.ts';
import { t } from '../../../i18n/t.ts';

interface GroupByProps {
  readonly measured: MeasuredTrace;
  readonly grouping: SpanGrouping | null;
  readonly onChange: (grouping: SpanGrouping | null) => void;
}

const NONE = '';
/** No key of an attribute begins so: it cannot be mistaken for one of the fixed choices. */
const ATTRIBUTE = 'attribute ';

const FIXED: readonly ComboboxOption[] = [
  {
    value: NONE,
    get label() {
      return t('ui.group-by.none', 'None');
    },
  },
  {
    value: 'service',
    get label() {
      return t('ui.group-by.service', 'Service');
    },
  },
  {
    value: 'operation',
    get label() {
      return t('ui.group-by.operation', 'Operation');
    },
  },
];

/** By what the spans are put under headings: service, operation or any attribute that one of them has. */
export function GroupBy({ measured, grouping, onChange }: GroupByProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const options = useMemo(
    () => [...FIXED, ...attributeKeys(measured).map((key) => ({ value: `${ATTRIBUTE}${key}`, label: key }))],
    [measured]
  );
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.label}>
        {t('ui.group-by.group-by', 'Group by')}
      </label>
      <Combobox
        id={id}
        options={options}
        value={toValue(grouping)}
        width={24}
        onChange={({ value }) => onChange(toGrouping(value))}
      />
    </div>
  );
}

function toValue(grouping: SpanGrouping | null): string {
  if (grouping === null) {
    return NONE;
  }
  return grouping.by === 'attribute' ? `${ATTRIBUTE}${grouping.key}` : grouping.by;
}

function toGrouping(value: string): SpanGrouping | null {
  if (value === 'service' || value === 'operation') {
    return { by: value };
  }
  return value === NONE ? null : { by: 'attribute', key: value.slice(ATTRIBUTE.length) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  label: css({ whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
});
