import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { UNITS, type Unit } from '../core/signals/catalogue.ts';
import { formatValue } from '../core/signals/formatValue.ts';
import { t } from '../i18n/t.ts';

export interface ValueProps {
  readonly value: number | null;
  /** A unit of the catalogue; others are taken for plain numbers. */
  readonly unit: string | null;
  /** Why there is no value, in words. */
  readonly missing?: string;
}

const isUnit = (unit: string): unit is Unit => UNITS.some((known) => known === unit);

/** The catalogue's unit of that name, else `none`. */
export const toUnit = (unit: string | null): Unit => (unit !== null && isUnit(unit) ? unit : 'none');

/** A measured value with its unit, in figures that line up. */
export function Value({ value, unit, missing = t('ui.value.no-value', 'no value') }: ValueProps) {
  const styles = useStyles2(getStyles);
  if (value === null || Number.isNaN(value)) {
    return (
      <span className={styles.missing} title={missing}>
        –<span className={styles.spoken}>{missing}</span>
      </span>
    );
  }
  return <span className={styles.value}>{formatValue(value, toUnit(unit))}</span>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  value: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  missing: css({ color: theme.colors.text.secondary }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
