import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FOLD_PX, GAP_PX } from './rowSizes.ts';

const ELLIPSIS = { overflow: 'hidden', textOverflow: 'ellipsis' } as const;

/** Styles of the waterfall: made once for all rows. */
export const waterfallStyles = (theme: GrafanaTheme2) => ({
  ...frameStyles(theme),
  ...rowStyles(theme),
  ...barStyles(theme),
});
export type WaterfallStyles = ReturnType<typeof waterfallStyles>;

const frameStyles = (theme: GrafanaTheme2) => ({
  root: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  grid: css({
    display: 'flex',
    flexDirection: 'column',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    overflow: 'hidden',
    minWidth: 0,
  }),
  head: css({
    position: 'relative',
    display: 'flex',
    height: 24,
    flexShrink: 0,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
  }),
  headName: css({ padding: theme.spacing(0, 1), flexShrink: 0, alignSelf: 'center', overflow: 'hidden' }),
  divider: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 11,
    marginLeft: -6,
    zIndex: 1,
    cursor: 'col-resize',
    touchAction: 'none',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 5,
      top: 4,
      bottom: 4,
      width: 2,
      background: theme.colors.border.strong,
    },
    '&:hover::before, &:focus-visible::before': { background: theme.colors.primary.main },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  ruler: css({ position: 'relative', flex: 1, minWidth: 0, overflow: 'hidden', marginRight: theme.spacing(1) }),
  tick: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    paddingLeft: 3,
    borderLeft: `1px solid ${theme.colors.border.medium}`,
    whiteSpace: 'nowrap',
    lineHeight: '24px',
  }),
  scroller: css({ overflowY: 'auto', overflowX: 'hidden', position: 'relative', overscrollBehavior: 'contain' }),
  rows: css({ position: 'relative', contain: 'strict', width: '100%' }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});

const rowStyles = (theme: GrafanaTheme2) => ({
  row: css({
    position: 'absolute',
    left: 0,
    right: 0,
    display: 'flex',
    cursor: 'pointer',
    contain: 'strict',
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  compactRow: css({ flexDirection: 'column' }),
  current: css({ outline: `1px solid ${theme.colors.primary.border}`, outlineOffset: -1 }),
  selected: css({ background: theme.colors.action.selected }),
  matched: css({ background: theme.colors.action.hover, boxShadow: `inset 4px 0 0 ${theme.colors.warning.main}` }),
  name: css({
    display: 'flex',
    alignItems: 'center',
    gap: GAP_PX,
    flexShrink: 0,
    minWidth: 0,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    paddingRight: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  fold: css({
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: FOLD_PX,
    height: 22,
    flexShrink: 0,
    color: theme.colors.text.secondary,
    cursor: 'pointer',
    '&:hover': { color: theme.colors.text.primary },
    '& svg': { width: 10, height: 10 },
  }),
  foldOpen: css({ transform: 'rotate(90deg)' }),
  service: css({
    paddingLeft: 6,
    borderLeft: '4px solid',
    fontWeight: theme.typography.fontWeightMedium,
    flexShrink: 0,
    maxWidth: '45%',
    ...ELLIPSIS,
  }),
  // Not fainter than the service: it is read on the backgrounds of rows that match, are selected or pointed at.
  operation: css({ minWidth: 0, ...ELLIPSIS }),
  failed: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 3,
    flexShrink: 0,
    // Red words are too faint on a row that is pointed at or selected.
    color: theme.colors.text.primary,
    fontWeight: theme.typography.fontWeightMedium,
    '& svg': { width: 12, height: 12, color: theme.colors.error.text },
  }),
  mark: css({
    flexShrink: 0,
    padding: '0 5px',
    lineHeight: '16px',
    borderRadius: theme.shape.radius.default,
    border: `1px solid ${theme.colors.border.medium}`,
    fontSize: 11,
  }),
});

const barStyles = (theme: GrafanaTheme2) => ({
  timeline: css({ position: 'relative', flex: 1, minWidth: 0, overflow: 'hidden', marginRight: theme.spacing(1) }),
  bar: css({ position: 'absolute', top: 5, bottom: 5, minWidth: 2, borderRadius: 2 }),
  asynchronous: css({ outline: `1px dashed ${theme.colors.text.secondary}`, outlineOffset: 1 }),
  offPath: css({ opacity: 0.45 }),
  whisker: css({ position: 'absolute', top: '50%', height: 1, minWidth: 2, background: theme.colors.text.secondary }),
  path: css({ position: 'absolute', bottom: 3, height: 4, minWidth: 2, background: theme.colors.text.maxContrast }),
  event: css({ position: 'absolute', top: 3, bottom: 9, width: 2, background: theme.colors.text.primary }),
  exception: css({ background: theme.colors.error.main, width: 3 }),
  label: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    display: 'flex',
    alignItems: 'center',
    padding: '0 4px',
    whiteSpace: 'nowrap',
    fontSize: 11,
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.primary,
    pointerEvents: 'none',
  }),
});
