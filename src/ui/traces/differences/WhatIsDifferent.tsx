import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { AttributeDifference, SelectionExplained } from '../../../core/traces/compare/attributeDifference.ts';
import { t } from '../../../i18n/t.ts';
import { UsedTraces, type UsedSet } from '../UsedTraces.tsx';
import { AttributeRow } from './AttributeRow.tsx';
import { describeExplained, describeItemsLeftOut, describeLeftOut } from './differenceWords.ts';

/** As much as one looks through at a glance, and less where all of it may be chance; the rest on demand. */
const SHOWN_FIRST = 12;
const SHOWN_OF_CHANCE = 5;

/** What was found, and in which traces. */
export interface ExplainedSets {
  readonly selection: { readonly used: UsedSet };
  readonly rest: { readonly used: UsedSet };
  readonly explained: SelectionExplained;
  /** Values with the least difference that did not come with the others. */
  readonly itemsLeftOut: number;
}

export interface WhatIsDifferentProps {
  readonly found: ExplainedSets;
  /** What the two sides are called, such as "selection" and "rest". */
  readonly names?: { readonly selection: string; readonly rest: string };
  /** A click on a value, to filter by it; without it values are no buttons. */
  readonly onPick?: (difference: AttributeDifference) => void;
}

const NAMES = {
  get selection() {
    return t('ui.what-is-different.selection', 'selection');
  },
  get rest() {
    return t('ui.what-is-different.rest', 'rest');
  },
};

/** Attribute values by how much more, or less, frequent they are in a selection of traces than in the rest. */
export function WhatIsDifferent({ found, names = NAMES, onPick }: WhatIsDifferentProps) {
  const styles = useStyles2(getStyles);
  const [isWhole, setWhole] = useState(false);
  const { explained, selection, rest, itemsLeftOut } = found;
  const { items, leftOut } = explained;
  const isClear = items.some(({ test }) => test?.isSignificant === true);
  const shown = isWhole ? items : items.slice(0, isClear ? SHOWN_FIRST : SHOWN_OF_CHANCE);
  return (
    <div className={styles.box}>
      <Text>{describeExplained(explained, names)}</Text>
      {shown.length > 0 && (
        <>
          <div className={styles.legend} aria-hidden>
            <span>
              <i className={styles.selection} /> {names.selection} ({explained.selection})
            </span>
            <span>
              <i className={styles.rest} /> {names.rest} ({explained.rest})
            </span>
          </div>
          <ul className={styles.list} aria-label={t('ui.what-is-different.differences', 'Differences')}>
            {shown.map((difference) => (
              <AttributeRow
                key={keyOf(difference)}
                difference={difference}
                sizes={explained}
                names={names}
                onPick={onPick}
              />
            ))}
          </ul>
        </>
      )}
      {shown.length < items.length && (
        <div>
          <Button size="sm" variant="secondary" onClick={() => setWhole(true)}>
            {t('ui.what-is-different.show-all', 'Show all {{number}} values', { number: items.length })}
          </Button>
        </div>
      )}
      {itemsLeftOut > 0 && <Text color="secondary">{describeItemsLeftOut(itemsLeftOut)}</Text>}
      {leftOut.length > 0 && (
        <Text color="secondary" variant="bodySmall">
          {describeLeftOut(leftOut)}
        </Text>
      )}
      <UsedTraces used={selection.used} name={asHeading(names.selection)} />
      <UsedTraces used={rest.used} name={asHeading(names.rest)} />
    </div>
  );
}

const asHeading = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const keyOf = ({ scope, key, value, range }: AttributeDifference): string =>
  JSON.stringify([scope, key, value, range?.from, range?.to]);

const getStyles = (theme: GrafanaTheme2) => {
  const swatch = { display: 'inline-block', width: 10, height: 10, borderRadius: 1 } as const;
  return {
    box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    selection: css({ ...swatch, background: theme.colors.warning.main }),
    rest: css({ ...swatch, background: theme.colors.text.disabled }),
    list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  };
};
