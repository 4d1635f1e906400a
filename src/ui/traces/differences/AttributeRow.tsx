import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { AttributeDifference } from '../../../core/traces/compare/attributeDifference.ts';
import { formatP } from '../../../core/traces/compare/describeComparison.ts';
import { formatValue } from '../../../core/signals/formatValue.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../breakpoints.ts';
import { valueWords } from './differenceWords.ts';

export interface AttributeRowProps {
  readonly difference: AttributeDifference;
  /** Traces on each side. */
  readonly sizes: { readonly selection: number; readonly rest: number };
  readonly names: { readonly selection: string; readonly rest: string };
  readonly onPick: ((difference: AttributeDifference) => void) | undefined;
}

/** One value with its two bars. */
export function AttributeRow({ difference, sizes, names, onPick }: AttributeRowProps) {
  const styles = useStyles2(getStyles);
  const { scope, key, test } = difference;
  const words = valueWords(difference);
  return (
    <li className={styles.row}>
      <span className={styles.what}>
        <span className={styles.key}>{scope === 'resource' ? `resource ${key}` : key}</span>{' '}
        {onPick === undefined ? (
          <span className={styles.value}>{words}</span>
        ) : (
          <button
            type="button"
            className={styles.pick}
            title={t('ui.attribute-row.filter-by', 'Filter by {{key}} {{value}}', { key, value: words })}
            onClick={() => onPick(difference)}
          >
            {words}
          </button>
        )}
      </span>
      <span className={styles.bars}>
        <Bar name={names.selection} count={difference.selection} of={sizes.selection} className={styles.selection} />
        <Bar name={names.rest} count={difference.rest} of={sizes.rest} className={styles.rest} />
      </span>
      <span className={styles.p}>
        {test?.isSignificant === true ? formatP(test.corrected) : t('ui.attribute-row.may-be-chance', 'may be chance')}
      </span>
    </li>
  );
}

interface BarProps {
  readonly name: string;
  readonly count: number;
  readonly of: number;
  readonly className: string;
}

function Bar({ name, count, of, className }: BarProps) {
  const styles = useStyles2(getStyles);
  const share = of === 0 ? 0 : count / of;
  return (
    <span className={styles.bar}>
      <span className={styles.track} aria-hidden>
        <span className={className} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles.spoken}>{name}: </span>
      <span className={styles.count}>
        {t('ui.attribute-row.share', '{{share}} ({{number}} of {{all}})', {
          share: formatValue(share, 'ratio'),
          number: count,
          all: of,
        })}
      </span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const fill = { display: 'block', height: '100%', borderRadius: 1 } as const;
  return {
    row: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(200px, 320px) 14ch',
      gap: theme.spacing(0, 2),
      alignItems: 'center',
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      [PHONE]: { gridTemplateColumns: '1fr', gap: theme.spacing(0.5) },
    }),
    what: css({ overflowWrap: 'anywhere' }),
    key: css({ color: theme.colors.text.secondary }),
    value: css({ fontWeight: theme.typography.fontWeightMedium }),
    pick: css({
      display: 'inline',
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.colors.text.link,
      fontWeight: theme.typography.fontWeightMedium,
      textAlign: 'left',
      overflowWrap: 'anywhere',
      '&:hover': { textDecoration: 'underline' },
    }),
    bars: css({ display: 'flex', flexDirection: 'column', gap: 2 }),
    bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    track: css({ flex: '1 1 auto', height: 8, background: theme.colors.background.secondary }),
    selection: css({ ...fill, background: theme.colors.warning.main }),
    rest: css({ ...fill, background: theme.colors.text.disabled }),
    count: css({
      minWidth: '17ch',
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    }),
    p: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  };
};
