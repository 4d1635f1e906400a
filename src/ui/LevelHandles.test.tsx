import { createTheme, ThemeContext } from '@grafana/data';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { Levels } from '../core/thresholds/levelScale.ts';
import { LevelHandles, type LevelHandlesProps } from './LevelHandles.tsx';

/** 100 px high, 0 to 1 s: a pixel is a step of 10 ms. */
const AREA = { left: 40, top: 8, width: 300, height: 100, min: 0, max: 1 };

const drags: boolean[] = [];

function Chart({ start, ...rest }: { start: Levels } & Partial<LevelHandlesProps>) {
  const [levels, setLevels] = useState(start);
  return (
    <ThemeContext.Provider value={createTheme()}>
      <LevelHandles
        levels={levels}
        direction="above"
        unit="seconds"
        area={AREA}
        onMove={(level, value) => setLevels((before) => ({ ...before, [level]: value }))}
        onDrag={(isDragging) => drags.push(isDragging)}
        {...rest}
      />
    </ThemeContext.Provider>
  );
}

const show = (start: Levels, rest: Partial<LevelHandlesProps> = {}) => {
  drags.length = 0;
  render(<Chart start={start} {...rest} />);
  return userEvent.setup();
};
const handle = (name: string) => screen.getByRole('slider', { name });
const value = (name: string) => handle(name).getAttribute('aria-valuetext');

const BOTH = { warning: 0.5, critical: 0.8 };

/** jsdom has no pointer events; the handles read only these of them. */
type Kind = 'down' | 'move' | 'up' | 'cancel';

const pointer = (kind: Kind, target: Element, y: number) => send(`pointer${kind}`, target, { y, pointerType: 'touch' });
const mouse = (kind: Kind, target: Element, y: number) => send(`pointer${kind}`, target, { y, pointerType: 'mouse' });

function send(type: string, target: Element, { y, pointerType }: { y: number; pointerType: string }) {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientY: y, button: 0 });
  fireEvent(target, Object.assign(event, { pointerId: 1, pointerType }));
}

it('stand where their values are, and say them', () => {
  show({ warning: 0.5, critical: 0.75 });
  expect(screen.getAllByRole('slider').map((one) => one.parentElement?.style.top)).toEqual(['50%', '25%']);
  const critical = handle('Critical level');
  expect(critical).toHaveTextContent('750 ms');
  expect(critical).toHaveAttribute('aria-orientation', 'vertical');
  expect([critical.getAttribute('aria-valuemin'), critical.getAttribute('aria-valuemax')]).toEqual(['0.51', '1']);
  expect([critical.getAttribute('aria-valuenow'), value('Critical level')]).toEqual(['0.75', '750 ms']);
});

it('are there only for levels that are set', () => {
  show({ warning: null, critical: 0.8 });
  expect(screen.getAllByRole('slider')).toHaveLength(1);
});

it('move by arrows, pages and to the ends, and never past each other', async () => {
  const user = show(BOTH);
  await user.tab();
  expect(handle('Warning level')).toHaveFocus();
  await user.keyboard('{ArrowUp}{ArrowRight}');
  expect(value('Warning level')).toBe('520 ms');
  await user.keyboard('{ArrowDown}{ArrowLeft}{ArrowDown}');
  expect(value('Warning level')).toBe('490 ms');
  await user.keyboard('{PageDown}');
  expect(value('Warning level')).toBe('390 ms');
  await user.keyboard('{End}{ArrowUp}');
  expect(value('Warning level')).toBe('790 ms');
  await user.keyboard('{Home}');
  expect(value('Warning level')).toBe('0 s');
  await user.tab();
  await user.keyboard('{End}');
  expect(value('Critical level')).toBe('1 s');
  await user.keyboard('{Home}');
  expect(value('Critical level')).toBe('10 ms');
});

it('turn round where low values are bad', async () => {
  const user = show({ warning: 0.3, critical: 0.2 }, { direction: 'below' });
  await user.tab();
  await user.keyboard('{Home}');
  expect(value('Warning level')).toBe('210 ms');
});

it('leave other keys alone', async () => {
  const user = show(BOTH);
  await user.tab();
  await user.keyboard('5{Enter}{Control>}{ArrowUp}{/Control}');
  expect(value('Warning level')).toBe('500 ms');
});

it('follow a finger by as much as it moves, step by step, and hold the scale meanwhile', () => {
  show(BOTH);
  const warning = handle('Warning level');
  pointer('down', warning, 63);
  expect(warning).toHaveFocus();
  expect(drags).toEqual([true]);
  pointer('move', warning, 53);
  expect(value('Warning level')).toBe('600 ms');
  pointer('move', warning, 53.4);
  expect(value('Warning level')).toBe('600 ms');
  pointer('move', warning, -500);
  expect(value('Warning level')).toBe('790 ms');
  pointer('up', warning, -500);
  expect(drags).toEqual([true, false]);
  pointer('move', warning, 90);
  expect(value('Warning level')).toBe('790 ms');
});

it('change nothing by being touched, nor after the touch was taken away', () => {
  show({ warning: 0.503, critical: 0.8 });
  const warning = handle('Warning level');
  pointer('down', warning, 50);
  pointer('move', warning, 50);
  expect(value('Warning level')).toBe('503 ms');
  pointer('cancel', warning, 50);
  pointer('move', warning, 20);
  expect(value('Warning level')).toBe('503 ms');
});

it('can be taken by the line with a mouse, and not with a finger, which scrolls', () => {
  show(BOTH);
  const line = handle('Critical level').previousElementSibling;
  if (line === null) {
    throw new Error('expected the line before its handle');
  }
  pointer('down', line, 20);
  pointer('move', line, 10);
  expect(value('Critical level')).toBe('800 ms');
  mouse('down', line, 20);
  mouse('move', line, 10);
  expect(value('Critical level')).toBe('900 ms');
});
