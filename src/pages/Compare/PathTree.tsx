import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { PathDifference } from '../../core/traces/compare/comparison.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { ContributionBar } from './ContributionBar.tsx';
import { CountCell, ErrorsCell, MedianCell, PathName } from './PathCells.tsx';
import { presenceOf, treeRows, type TreeRow } from './pathRows.ts';

export interface PathTreeProps {
  readonly paths: readonly PathDifference[];
  readonly filter: string;
}

/** Deeper levels are not moved any further in: they would leave no room for their names. */
const MOST_INDENT = 12;

/** The structure of both sides in one: what is new, what is gone, and where the time was added. */
export function PathTree({ paths, filter }: PathTreeProps) {
  const styles = useStyles2(getStyles);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const rows = treeRows(paths, filter, (path) => folded.has(path));
  const mostNs = Math.max(0, ...rows.map(({ totalNs }) => Math.abs(totalNs)));
  const focused = rows.findIndex(({ path }) => path.path === current);

  const setOpen = (path: number, isOpen: boolean): void => {
    const next = new Set(folded);
    (isOpen ? next.delete.bind(next) : next.add.bind(next))(path);
    setFolded(next);
  };
  const moveTo = (at: number): void => {
    const row = rows[Math.min(Math.max(at, 0), rows.length - 1)];
    if (row !== undefined) {
      setCurrent(row.path.path);
      grid.current?.querySelector<HTMLElement>(`[data-path="${row.path.path}"]`)?.focus();
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = Math.max(0, focused);
    const move = keyMove(event.key, rows, at);
    const row = rows[at];
    if (move !== undefined) {
      event.preventDefault();
      moveTo(move);
    } else if (row !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      setOpen(row.path.path, event.key === 'ArrowRight');
    }
  };

  if (rows.length === 0) {
    return <Text color="secondary">{t('compare.path-tree.no-path-fits', 'No path matches the filter.')}</Text>;
  }
  return (
    <div
      ref={grid}
      role="treegrid"
      aria-label={t('compare.path-tree.structure', 'Structure')}
      className={styles.tree}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <div role="row" className={cx(styles.row, styles.head)}>
        {headers().map((header) => (
          <span key={header} role="columnheader">
            {header}
          </span>
        ))}
      </div>
      {rows.map((row, at) => (
        <TreeLine
          key={row.path.path}
          row={row}
          mostNs={mostNs}
          isOpen={!folded.has(row.path.path)}
          isFocusable={focused === -1 ? at === 0 : at === focused}
          onFocus={() => setCurrent(row.path.path)}
          onToggle={() => setOpen(row.path.path, folded.has(row.path.path))}
        />
      ))}
    </div>
  );
}

const headers = (): readonly string[] => [
  t('compare.path-tree.service-and-operation', 'Service and operation'),
  t('compare.path-tree.adds', 'Adds, including all below'),
  t('compare.path-tree.median', 'Median'),
  t('compare.path-tree.per-trace', 'Per trace'),
  t('compare.path-tree.failed', 'Failed'),
];

/** The row that a key leads to; undefined where it leads nowhere else. */
function keyMove(key: string, rows: readonly TreeRow[], at: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return at + 1;
    case 'ArrowUp':
    case 'k':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    default:
      return undefined;
  }
}

interface TreeLineProps {
  readonly row: TreeRow;
  readonly mostNs: number;
  readonly isOpen: boolean;
  readonly isFocusable: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
}

function TreeLine({ row, mostNs, isOpen, isFocusable, onFocus, onToggle }: TreeLineProps) {
  const styles = useStyles2(getStyles);
  const { path, hasChildren, totalNs } = row;
  const presence = presenceOf(path);
  return (
    <div
      role="row"
      data-path={path.path}
      aria-level={path.depth + 1}
      tabIndex={isFocusable ? 0 : -1}
      className={cx(styles.row, styles[presence])}
      onFocus={onFocus}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
    >
      <span
        role="gridcell"
        className={styles.name}
        style={{ paddingLeft: `calc(${Math.min(path.depth, MOST_INDENT)} * var(--indent))` }}
        onClick={hasChildren ? onToggle : undefined}
      >
        {hasChildren ? (
          <Icon name={isOpen ? 'angle-down' : 'angle-right'} aria-hidden />
        ) : (
          <span className={styles.leaf} />
        )}
        <PathName path={path} />
      </span>
      <span role="gridcell" className={styles.bar}>
        <ContributionBar ns={totalNs} mostNs={mostNs} />
      </span>
      <span role="gridcell" data-label={t('compare.path-tree.median', 'Median')}>
        <MedianCell path={path} />
      </span>
      <span role="gridcell" data-label={t('compare.path-tree.per-trace', 'Per trace')}>
        <CountCell path={path} />
      </span>
      <span role="gridcell" data-label={t('compare.path-tree.failed', 'Failed')}>
        <ErrorsCell path={path} />
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tree: css({ display: 'flex', flexDirection: 'column', '--indent': '16px', [PHONE]: { '--indent': '8px' } }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 220px 150px 110px 120px',
    gap: theme.spacing(1),
    alignItems: 'center',
    padding: theme.spacing(0.5, 1),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    borderLeft: '3px solid transparent',
    '& > *:nth-child(n + 3)': { textAlign: 'right', justifySelf: 'end' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    [PHONE]: {
      gridTemplateColumns: '1fr 1fr 1fr',
      '& > *:nth-child(1), & > *:nth-child(2)': { gridColumn: '1 / -1' },
      '& > *:nth-child(3)': { justifySelf: 'start', textAlign: 'left' },
      '& > [data-label]': { alignSelf: 'start' },
      '& > [data-label]::before': {
        content: 'attr(data-label)',
        display: 'block',
        color: theme.colors.text.secondary,
        fontSize: theme.typography.bodySmall.fontSize,
        fontWeight: theme.typography.fontWeightRegular,
      },
    },
  }),
  head: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    [PHONE]: { display: 'none' },
  }),
  both: css({}),
  new: css({ borderLeftColor: theme.colors.info.main }),
  gone: css({ borderLeftColor: theme.colors.border.strong, color: theme.colors.text.secondary }),
  name: css({ display: 'flex', gap: theme.spacing(0.5), alignItems: 'flex-start', cursor: 'default', minWidth: 0 }),
  leaf: css({ width: 16, flexShrink: 0 }),
  bar: css({ display: 'block' }),
});
