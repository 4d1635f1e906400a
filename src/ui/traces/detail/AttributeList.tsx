import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, IconButton, useStyles2 } from '@grafana/ui';
import type { FilterTerm } from '../../../core/traces/filter/parseSpanFilter.ts';
import { written } from '../../../core/traces/spanText.ts';
import type { Attribute } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../breakpoints.ts';

export interface AttributeListProps {
  readonly label: string;
  readonly attributes: readonly Attribute[];
  readonly onFilter?: ((term: FilterTerm) => void) | undefined;
}

/** Longer values are cut until somebody copies them. */
const MOST_SHOWN = 2_000;

/** Attributes by name, each to be copied or filtered by. */
export function AttributeList({ label, attributes, onFilter }: AttributeListProps) {
  const styles = useStyles2(getStyles);
  const sorted = attributes.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <ul className={styles.list} aria-label={label}>
      {sorted.map(([key, value], index) => {
        const text = written(value);
        return (
          <li key={index} className={styles.item}>
            <span className={styles.key}>{key}</span>
            <span className={styles.value}>
              {text.length > MOST_SHOWN
                ? t('ui.attribute-list.cut', '{{text}}… ({{number}} characters)', {
                    text: text.slice(0, MOST_SHOWN),
                    number: text.length,
                  })
                : text}
            </span>
            <span className={styles.actions}>
              {onFilter !== undefined && (
                <IconButton
                  name="filter"
                  size="sm"
                  tooltip={t('ui.attribute-list.filter-by', 'Filter by {{key}}', { key })}
                  onClick={() => onFilter({ field: key, op: '=', value: text, negated: false })}
                />
              )}
              <ClipboardButton
                icon="copy"
                variant="secondary"
                fill="text"
                size="sm"
                aria-label={t('ui.attribute-list.copy', 'Copy {{key}}', { key })}
                getText={() => text}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', fontSize: theme.typography.bodySmall.fontSize }),
  item: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, 2fr) minmax(0, 3fr) auto',
    gap: theme.spacing(0, 1),
    alignItems: 'center',
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    overflowWrap: 'anywhere',
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr) auto', '& > :first-child': { gridColumn: '1 / -1' } },
  }),
  key: css({ color: theme.colors.text.secondary }),
  value: css({ fontFamily: theme.typography.fontFamilyMonospace, whiteSpace: 'pre-wrap' }),
  actions: css({ display: 'inline-flex', alignItems: 'center' }),
});
