import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FieldValidationMessage, IconButton, Input, Text, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import type { LabelRow } from './thresholdForm.ts';

export interface LabelRowsProps {
  readonly rows: readonly LabelRow[];
  readonly error: string | undefined;
  readonly onChange: (rows: readonly LabelRow[]) => void;
}

const EXAMPLE = { name: 'team', value: 'shop' } as const;

/** Labels that every alert of the threshold carries, for routes and silences to match. */
export function LabelRows({ rows, error, onChange }: LabelRowsProps) {
  const styles = useStyles2(getStyles);
  const change = (index: number, part: Partial<LabelRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset className={styles.box}>
      <legend className={styles.legend}>
        {t('thresholds.label-rows.labels', 'Labels')}{' '}
        <Text color="secondary">{t('thresholds.label-rows.for-routes-and-silences', 'for routes and silences')}</Text>
      </legend>
      {rows.map(({ name, value }, index) => (
        // Rows have no identity but their place.
        <div key={index} className={styles.row}>
          <Input
            aria-label={t('thresholds.label-rows.name-of-label', 'Name of label {{number}}', { number: index + 1 })}
            placeholder={EXAMPLE.name}
            value={name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <span aria-hidden>=</span>
          <Input
            aria-label={t('thresholds.label-rows.value-of-label', 'Value of label {{number}}', { number: index + 1 })}
            placeholder={EXAMPLE.value}
            value={value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
          />
          <IconButton
            name="trash-alt"
            aria-label={t('thresholds.label-rows.remove-label', 'Remove label {{number}}', { number: index + 1 })}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {error !== undefined && <FieldValidationMessage>{error}</FieldValidationMessage>}
      <Button
        id="threshold-labels"
        type="button"
        size="sm"
        variant="secondary"
        fill="outline"
        icon="plus"
        onClick={() => onChange([...rows, { name: '', value: '' }])}
      >
        {t('thresholds.label-rows.add-label', 'Add label')}
      </Button>
    </fieldset>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    border: 0,
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  }),
  legend: css({
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    margin: 0,
  }),
  row: css({
    display: 'grid',
    width: '100%',
    gridTemplateColumns: 'minmax(0, 1fr) auto minmax(0, 1fr) auto',
    gap: theme.spacing(1),
    alignItems: 'center',
  }),
});
