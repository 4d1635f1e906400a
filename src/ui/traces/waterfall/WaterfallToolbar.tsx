import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, Combobox, IconButton, useStyles2 } from '@grafana/ui';
import { memo, useId, type RefObject } from 'react';
import type { FoldMode } from '../../../core/traces/rows/folding.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../breakpoints.ts';
import { SpanFilterField } from '../SpanFilterField.tsx';
import type { WaterfallView } from './waterfallView.ts';

export interface WaterfallToolbarProps {
  readonly view: WaterfallView;
  readonly onView: (change: Partial<WaterfallView>) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Of the filter; undefined where nothing is asked. */
  readonly matches: { readonly count: number; readonly place: number } | undefined;
  readonly problems: readonly string[];
  readonly errors: number;
  readonly isZoomed: boolean;
  readonly onMatch: (by: 1 | -1) => void;
  readonly onError: () => void;
  readonly onWhole: () => void;
  readonly onHelp: () => void;
}

const FOLDS: ReadonlyArray<{ value: string; label: string; mode: FoldMode; depth: number }> = [
  {
    value: 'none',
    get label() {
      return t('ui.waterfall-toolbar.all-spans', 'All spans');
    },
    mode: 'none',
    depth: 3,
  },
  {
    value: 'service',
    get label() {
      return t('ui.waterfall-toolbar.fold-service', 'Fold within a service');
    },
    mode: 'service',
    depth: 3,
  },
  {
    value: 'similar',
    get label() {
      return t('ui.waterfall-toolbar.fold-similar', 'Fold similar siblings');
    },
    mode: 'similar',
    depth: 3,
  },
  ...[1, 2, 3, 4, 6].map((depth) => ({
    value: `depth-${depth}`,
    get label() {
      return depth === 1
        ? t('ui.waterfall-toolbar.first-level', 'Only the first level')
        : t('ui.waterfall-toolbar.levels', '{{depth}} levels', { depth });
    },
    mode: 'depth' as const,
    depth,
  })),
];

/** Filter, folding, and what is marked. */
export function WaterfallToolbar(props: WaterfallToolbarProps) {
  const { view, onView, matches, problems, errors, isZoomed } = props;
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <div className={styles.bar} role="search" aria-label={t('ui.waterfall-toolbar.filter', 'Filter spans')}>
      <div className={styles.search}>
        <SpanFilterField
          filter={view.filter}
          onFilter={(filter) => onView({ filter })}
          search={props.search}
          onMatch={props.onMatch}
        />
      </div>
      {matches !== undefined && (
        <span className={styles.group}>
          <span role="status" className={styles.count}>
            {matchWords(matches)}
          </span>
          <IconButton
            name="angle-up"
            tooltip={t('ui.waterfall-toolbar.previous', 'Previous match (p)')}
            onClick={() => props.onMatch(-1)}
          />
          <IconButton
            name="angle-down"
            tooltip={t('ui.waterfall-toolbar.next', 'Next match (n)')}
            onClick={() => props.onMatch(1)}
          />
        </span>
      )}
      {matches !== undefined && (
        <Checkbox
          id={`${id}-only`}
          label={t('ui.waterfall-toolbar.only-matches', 'Only matches')}
          value={view.onlyMatches}
          onChange={({ currentTarget }) => onView({ onlyMatches: currentTarget.checked })}
        />
      )}
      <FoldMenu mode={view.mode} depth={view.depth} onView={onView} />
      <Checkbox
        id={`${id}-critical`}
        label={t('ui.waterfall-toolbar.critical-path', 'Critical path')}
        value={view.critical}
        onChange={({ currentTarget }) => onView({ critical: currentTarget.checked })}
      />
      {errors > 0 && (
        <Button variant="secondary" fill="outline" icon="exclamation-circle" onClick={props.onError}>
          {t('ui.waterfall-toolbar.errors', '', {
            count: errors,
            number: errors.toLocaleString('en-US'),
            defaultValue_one: '{{number}} error',
            defaultValue_other: '{{number}} errors',
          })}
        </Button>
      )}
      {isZoomed && (
        <Button variant="secondary" fill="text" icon="search-minus" onClick={props.onWhole}>
          {t('ui.waterfall-toolbar.whole-time', 'Whole time')}
        </Button>
      )}
      <IconButton
        name="question-circle"
        size="lg"
        tooltip={t('ui.waterfall-toolbar.keys', 'Keyboard shortcuts (?)')}
        onClick={props.onHelp}
      />
      {problems.length > 0 && (
        <p className={styles.problem} role="alert">
          {problems.join(' ')}
        </p>
      )}
    </div>
  );
}

type FoldMenuProps = Pick<WaterfallView, 'mode' | 'depth'> & Pick<WaterfallToolbarProps, 'onView'>;

/** Kept apart: the box measures itself at each render. */
const FoldMenu = memo(function FoldMenu({ mode, depth, onView }: FoldMenuProps) {
  return (
    <Combobox
      aria-label={t('ui.waterfall-toolbar.fold', 'Fold')}
      // Grafana 12.4 takes the name of a combobox from here.
      placeholder={t('ui.waterfall-toolbar.fold', 'Fold')}
      width={22}
      options={FOLDS.map(({ value, label }) => ({ value, label }))}
      value={mode === 'depth' ? `depth-${depth}` : mode}
      onChange={({ value }) => {
        const chosen = FOLDS.find((one) => one.value === value);
        onView(chosen === undefined ? {} : { mode: chosen.mode, depth: chosen.depth });
      }}
    />
  );
});

function matchWords({ count, place }: { count: number; place: number }): string {
  if (count === 0) {
    return t('ui.waterfall-toolbar.no-match', 'No span matches');
  }
  const all = count.toLocaleString('en-US');
  const spans = t('ui.waterfall-toolbar.matches', '', {
    count,
    number: all,
    defaultValue_one: '{{number}} span matches',
    defaultValue_other: '{{number}} spans match',
  });
  return place === 0
    ? spans
    : t('ui.waterfall-toolbar.place', '{{place}} of {{all}}', { place: place.toLocaleString('en-US'), all });
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1), alignItems: 'center' }),
  search: css({ flex: '1 1 220px', minWidth: 0, maxWidth: 520, [PHONE]: { flexBasis: '100%', maxWidth: 'none' } }),
  group: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  count: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  problem: css({ flexBasis: '100%', margin: 0, color: theme.colors.error.text }),
});
