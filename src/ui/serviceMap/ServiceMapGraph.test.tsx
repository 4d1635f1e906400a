import { fireEvent, render, screen } from '@testing-library/react';
import { ServiceMapGraph } from './ServiceMapGraph.tsx';
import type { ShownEdge, ShownNode } from './shownMap.ts';

/** How often something was read that drawing it takes, unlike finding out whether it is in sight. */
let drawn: number;

function counted<T extends { readonly id: string }>(shown: T): T {
  return new Proxy(shown, {
    get: (target, name, receiver) => {
      drawn += name === 'id' ? 0 : 1;
      return Reflect.get(target, name, receiver);
    },
  });
}

const figures = { calls: 900, failed: 9, rate: 1, errorRatio: 0.01, p95: 0.05 };
const node = (name: string): ShownNode => ({
  ...{ id: name, kind: 'service', name, namespace: '', received: figures, gone: false, changes: [] },
  health: { state: 'healthy', why: null },
  alerts: { info: 0, warning: 0, error: 0, critical: 0 },
});
const call: ShownEdge = { id: 'web → cart', from: 'web', to: 'cart', kind: 'call', figures, before: null, changes: [] };

async function open(): Promise<HTMLElement> {
  drawn = 0;
  render(
    <ServiceMapGraph
      nodes={[counted(node('web')), counted(node('cart'))]}
      edges={[counted(call)]}
      scope="test"
      chosen={null}
      onChoose={() => undefined}
    />
  );
  await screen.findByRole('button', { name: /^web/ });
  return screen.getByRole('group', { name: /^Service map: 2 nodes, 1 connection/ });
}

const mapIn = (): HTMLElement | null => screen.getByRole('button', { name: /^web/ }).parentElement;
/** As a mouse does it: jsdom knows no other pointers. */
const point = (frame: HTMLElement, type: string, at: { readonly clientX: number; readonly buttons: number }): boolean =>
  fireEvent(frame, new MouseEvent(type, { bubbles: true, button: 0, ...at }));

it('moves what is drawn and draws nothing of it anew', async () => {
  const frame = await open();
  expect(mapIn()).toHaveStyle({ transform: 'translate(24px, 24px) scale(1)' });
  const before = drawn;
  expect(before).toBeGreaterThan(0);
  fireEvent.keyDown(frame, { key: 'ArrowRight' });
  expect(mapIn()).toHaveStyle({ transform: 'translate(-56px, 24px) scale(1)' });
  expect(drawn).toBe(before);
});

it('is a layer of its own while it is dragged, and no longer: zoomed, that would be coarse', async () => {
  const frame = await open();
  frame.setPointerCapture = () => undefined;
  point(frame, 'pointerdown', { clientX: 0, buttons: 1 });
  expect(mapIn()).not.toHaveStyle({ willChange: 'transform' });
  point(frame, 'pointermove', { clientX: 10, buttons: 1 });
  expect(mapIn()).toHaveStyle({ willChange: 'transform', transform: 'translate(34px, 24px) scale(1)' });
  point(frame, 'pointerup', { clientX: 10, buttons: 0 });
  expect(mapIn()).not.toHaveStyle({ willChange: 'transform' });
});

it('does not follow a pointer that was lifted where nobody could see it', async () => {
  const frame = await open();
  frame.setPointerCapture = () => undefined;
  point(frame, 'pointerdown', { clientX: 0, buttons: 1 });
  point(frame, 'pointermove', { clientX: 60, buttons: 0 });
  point(frame, 'pointermove', { clientX: 90, buttons: 1 });
  expect(mapIn()).toHaveStyle({ transform: 'translate(24px, 24px) scale(1)' });
});
