import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '../../../i18n/t.ts';
import { LEAST_NAME_PX, type NameWidth } from './useNameWidth.ts';
import type { WaterfallStyles } from './waterfallStyles.ts';

export interface NameDividerProps {
  readonly name: NameWidth;
  readonly styles: WaterfallStyles;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -24, ArrowRight: 24 };

/** Between the names and the bars: moved by pointer or arrows, back in its place by a double click. */
export function NameDivider({ name, styles }: NameDividerProps) {
  const grabbed = useRef<{ readonly x: number; readonly px: number }>(undefined);

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    grabbed.current = { x: event.clientX, px: name.px };
  }

  function onPointerMove({ clientX }: PointerEvent): void {
    if (grabbed.current !== undefined) {
      name.set(grabbed.current.px + clientX - grabbed.current.x);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const by = STEPS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      name.set(name.px + by);
    }
  }

  const release = () => (grabbed.current = undefined);
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('ui.name-divider.width', 'Width of the names')}
      aria-valuemin={LEAST_NAME_PX}
      aria-valuemax={name.most}
      aria-valuenow={name.px}
      className={styles.divider}
      style={{ left: name.px }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={name.reset}
      onKeyDown={onKeyDown}
    />
  );
}
