import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { attributeKeys, type SpanGrouping } from '../../../core/traces/spanTable/groupSpans.ts';
import type { MeasuredTrace } from '../../../core/traces/spanTable/sortSpans.ts';
import { readGrouping, writeGrouping } from '../../../core/traces/spanTable/spanTableText.ts';
import { t } from '../../../i18n/t.ts';

interface GroupByProps {
  readonly measured: MeasuredTrace;
  readonly grouping: SpanGrouping | null;
  readonly onChange: (grouping: SpanGrouping | null) => void;
}

const FIXED: readonly ComboboxOption[] = [
  {
    value: writeGrouping(null),
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
    () => [
      ...FIXED,
      ...attributeKeys(measured).map((key) => ({ value: writeGrouping({ by: 'attribute', key }), label: key })),
    ],
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
        value={writeGrouping(grouping)}
        width={24}
        onChange={({ value }) => onChange(readGrouping(value))}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  label: css({ whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
});
