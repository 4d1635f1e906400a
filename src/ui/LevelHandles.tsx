import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import type { Unit } from '../core/signals/catalogue.ts';
import { formatValue } from '../core/signals/formatValue.ts';
import {
  LEVEL_NAMES,
  levelStep,
  moveLevel,
  rangeOf,
  type LevelName,
  type Levels,
  type Range,
} from '../core/thresholds/levelScale.ts';
import type { Direction } from '../core/thresholds/threshold.ts';
import { t } from '../i18n/t.ts';
import { SEVERITY_LOOK, toneColor } from './tone.ts';

/** Where a chart draws its values: px within the chart, and what its edges are worth. */
export interface PlotArea extends Range {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface LevelHandlesProps {
  readonly levels: Levels;
  readonly direction: Direction;
  readonly unit: Unit;
  readonly area: PlotArea;
  readonly onMove: (level: LevelName, value: number) => void;
  /** The scale must stand still while a handle is dragged over it. */
  readonly onDrag: (isDragging: boolean) => void;
}

const PAGE_STEPS = 10;

/** Lines of the levels over a chart, to be dragged, and moved by keyboard. */
export function LevelHandles(props: LevelHandlesProps) {
  const { levels, area } = props;
  const styles = useStyles2(getStyles);
  const { left, top, width, height } = area;
  return (
    <div className={styles.layer} style={{ left, top, width, height }}>
      {LEVEL_NAMES.map((level) => {
        const value = levels[level];
        return value === null ? null : <Handle key={level} {...props} level={level} value={value} />;
      })}
    </div>
  );
}

type HandleProps = LevelHandlesProps & { readonly level: LevelName; readonly value: number };

function Handle({ level, value, ...props }: HandleProps) {
  const { area, unit } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const look = SEVERITY_LOOK[level];
  const range = rangeOf(level, { ...props, scale: area });
  const drag = useDrag({ level, value, ...props });
  const style = { top: `${positionOf(value, area) * 100}%`, '--level': toneColor(theme, look.tone) } as CSSProperties;
  return (
    <div className={styles.place} style={style}>
      <div className={styles.line} {...drag.byMouse} />
      <div
        role="slider"
        tabIndex={0}
        className={cx(styles.grip, level === 'critical' ? styles.right : styles.left)}
        aria-label={t('ui.level-handles.level', '{{word}} level', { word: look.word })}
        aria-orientation="vertical"
        aria-valuemin={range.min}
        aria-valuemax={range.max}
        aria-valuenow={value}
        aria-valuetext={formatValue(value, unit)}
        {...drag.byPointer}
        onKeyDown={(event) => onKey(event, { level, value, ...props })}
      >
        <Icon name={look.icon} size="sm" aria-hidden />
        {formatValue(value, unit)}
        <Icon name="draggabledots" size="sm" aria-hidden />
      </div>
    </div>
  );
}

/** Share of the plot's height from its top. A level beyond the scale stands at the edge. */
const positionOf = (value: number, { min, max }: Range): number =>
  max > min ? Math.min(1, Math.max(0, (max - value) / (max - min))) : 0;

function onKey(event: KeyboardEvent, { level, value, area, unit, onMove, ...rest }: HandleProps): void {
  const mover = { ...rest, unit, scale: area };
  const step = levelStep(area, unit);
  const range = rangeOf(level, mover);
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: value + step,
    ArrowRight: value + step,
    ArrowDown: value - step,
    ArrowLeft: value - step,
    PageUp: value + PAGE_STEPS * step,
    PageDown: value - PAGE_STEPS * step,
    Home: range.min,
    End: range.max,
  };
  const target = targets[event.key];
  if (target !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    onMove(level, moveLevel(level, target, mover));
  }
}

interface Grabbed {
  readonly pointerId: number;
  /** Where it was taken hold of, and the value that it had there. */
  readonly y: number;
  readonly value: number;
}

function useDrag({ level, value, area, onMove, onDrag, ...rest }: HandleProps) {
  const grabbed = useRef<Grabbed>(undefined);

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    grabbed.current = { pointerId: event.pointerId, y: event.clientY, value };
    focusSlider(event.currentTarget);
    onDrag(true);
  }

  function onPointerMove({ pointerId, clientY }: PointerEvent<HTMLElement>): void {
    const from = grabbed.current;
    if (from?.pointerId !== pointerId || area.height <= 0) {
      return;
    }
    const moved = ((from.y - clientY) / area.height) * (area.max - area.min);
    const next = moveLevel(level, from.value + moved, { ...rest, scale: area });
    // A hand that trembles within a step must not set a level that nobody touched.
    if (clientY !== from.y && next !== value) {
      onMove(level, next);
    }
  }

  function onPointerEnd({ pointerId }: PointerEvent<HTMLElement>): void {
    if (grabbed.current?.pointerId === pointerId) {
      grabbed.current = undefined;
      onDrag(false);
    }
  }

  const byPointer = {
    onPointerDown,
    onPointerMove,
    onPointerUp: onPointerEnd,
    onPointerCancel: onPointerEnd,
    onLostPointerCapture: onPointerEnd,
  };
  return {
    byPointer,
    /** A finger on the line scrolls the page: it takes hold of the handle. */
    byMouse: {
      ...byPointer,
      onPointerDown: (event: PointerEvent<HTMLElement>) => event.pointerType === 'mouse' && onPointerDown(event),
    },
  };
}

const focusSlider = (grabbed: HTMLElement): void =>
  grabbed.parentElement?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });

/** So high must be what a finger is to hit. */
const TOUCH = 44;

const getStyles = (theme: GrafanaTheme2) => ({
  layer: css({ position: 'absolute', pointerEvents: 'none' }),
  place: css({ position: 'absolute', left: 0, right: 0, height: 0 }),
  line: css({
    position: 'absolute',
    left: 0,
    right: 0,
    top: -5,
    height: 11,
    pointerEvents: 'auto',
    cursor: 'ns-resize',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      right: 0,
      top: 5,
      borderTop: '1px dashed var(--level)',
    },
  }),
  grip: css({
    position: 'absolute',
    transform: 'translateY(-50%)',
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 0.5),
    height: theme.spacing(2.75),
    whiteSpace: 'nowrap',
    pointerEvents: 'auto',
    cursor: 'ns-resize',
    // The finger drags the handle, not the page.
    touchAction: 'none',
    userSelect: 'none',
    color: 'var(--level)',
    background: theme.colors.background.primary,
    border: '1px solid var(--level)',
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      right: 0,
      top: '50%',
      height: TOUCH,
      marginTop: -TOUCH / 2,
    },
    '&:hover': { background: theme.colors.background.secondary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2, zIndex: 1 },
  }),
  // Beside each other, so that both can be held where the levels are close.
  left: css({ left: theme.spacing(1) }),
  right: css({ right: theme.spacing(1) }),
});
