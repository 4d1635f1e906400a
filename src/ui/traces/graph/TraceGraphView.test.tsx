import { fireEvent, screen, within } from '@testing-library/react';
import { asWideAs, showView, trace } from '../traceView.fixture.tsx';
import { TraceGraphView } from './TraceGraphView.tsx';
import { fitted, zoomed } from './usePanZoom.ts';

const picture = () => screen.getByRole('img');
const grid = () => screen.getByRole('grid', { name: 'Nodes of the graph' });
const rows = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
const node = (name: string) => {
  const found = picture().querySelector(`[data-node="${name}"]`);
  if (found === null) {
    throw new Error(`expected a node ${name}`);
  }
  return found;
};

afterEach(() => {
  jest.restoreAllMocks();
});

it('shows services and the calls between them, and says it in words', () => {
  showView(TraceGraphView);
  expect(picture()).toHaveAccessibleName('Graph of the trace. 3 services, 2 calls between them, failures in 2.');
  expect(picture()).toHaveTextContent('shop → payments: 1 call, 60 ms in all, 1 failed');
  expect(picture()).toHaveTextContent('1× 65 ms');
  expect(node('payments')).toHaveTextContent('✕ 1 of 1 failed, self 60 ms');
});

it('leaves out the less important words where there is no room', () => {
  asWideAs(380);
  showView(TraceGraphView);
  expect(node('payments')).toHaveTextContent(/payments✕ 1 of 1 failed$/);
  expect(node('payments').querySelector('title')).toHaveTextContent('payments: 1 of 1 failed, self 60 ms');
});

it('lists the same for the keyboard', async () => {
  const { user, selected } = showView(TraceGraphView);
  expect(rows()).toEqual(['mail1065 ms0shop–', 'payments1160 ms60 msshop–', 'shop3235 ms40 ms–payments, mail']);
  grid().focus();
  await user.keyboard('j{Enter}');
  await user.click(screen.getByRole('button', { name: 'Show first failed span' }));
  expect(selected).toEqual(['POST /pay']);
});

it('tells operations apart', async () => {
  const { user } = showView(TraceGraphView);
  await user.click(screen.getByRole('radio', { name: 'Operations' }));
  expect(rows()).toHaveLength(5);
  expect(node('shop: price order')).toHaveTextContent('price ordershop');
});

it('chooses a node of the picture, whose calls stay bright', async () => {
  const { user, selected } = showView(TraceGraphView);
  await user.click(node('mail'));
  expect(within(grid()).getByRole('row', { selected: true })).toHaveTextContent('mail');
  await user.click(screen.getByRole('button', { name: 'Show slowest span' }));
  expect(selected).toEqual(['send mail']);
});

it('marks the node of the selected span', () => {
  showView(TraceGraphView, trace(), 3);
  expect(within(grid()).getByRole('row', { selected: true })).toHaveTextContent('payments');
});

it('shows only what failed and the way to it', async () => {
  const { user } = showView(TraceGraphView);
  await user.click(screen.getByRole('checkbox', { name: 'Errors only' }));
  expect(rows().map((row) => row?.slice(0, 4))).toEqual(['paym', 'shop']);
  expect(picture()).toHaveTextContent('1 failed');
});

it('says that nothing failed, and shows all again', async () => {
  const { user } = showView(TraceGraphView, trace([{ id: 'a', from: 0, to: 1 }]));
  await user.click(screen.getByRole('checkbox', { name: 'Errors only' }));
  expect(screen.getByRole('heading', { name: 'No span failed' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  expect(rows()).toHaveLength(1);
});

it('is moved by dragging, which chooses nothing, and fits again', async () => {
  asWideAs(1000);
  const { user } = showView(TraceGraphView);
  const moved = () => picture().querySelector('g')?.getAttribute('transform');
  const start = moved();
  pointer('down', { clientX: 100, clientY: 100, buttons: 1 });
  pointer('move', { clientX: 160, clientY: 120, buttons: 1 });
  const after = moved();
  expect(after).not.toBe(start);
  fireEvent.click(node('mail'));
  expect(within(grid()).queryByRole('row', { selected: true })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Zoom in' }));
  expect(moved()).toContain('scale(1.25)');
  await user.click(screen.getByRole('button', { name: 'Fit' }));
  expect(moved()).toBe(start);
});

/** jsdom has no pointer events; the picture reads only these of them. */
function pointer(kind: 'down' | 'move', init: MouseEventInit): void {
  const event = new MouseEvent(`pointer${kind}`, { bubbles: true, button: 0, ...init });
  fireEvent(node('mail'), Object.assign(event, { pointerId: 1 }));
}

it('fits a picture into the middle, never larger than it is', () => {
  const view = { width: 432, height: 232 };
  expect(fitted({ content: { width: 100, height: 50 }, view })).toEqual({ scale: 1, x: 166, y: 91 });
  expect(fitted({ content: { width: 800, height: 50 }, view })).toEqual({ scale: 0.5, x: 16, y: 103.5 });
});

it('zooms around a point that stays where it is, within bounds', () => {
  const pan = zoomed({ x: 10, y: 20, scale: 1 }, 2, { x: 110, y: 20 });
  expect(pan).toEqual({ scale: 2, x: -90, y: 20 });
  expect(zoomed(pan, 100, { x: 0, y: 0 }).scale).toBe(3);
  expect(zoomed(pan, 0.001, { x: 0, y: 0 }).scale).toBe(0.1);
});
