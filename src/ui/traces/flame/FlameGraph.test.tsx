import { createTheme, ThemeContext } from '@grafana/data';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { mergePaths } from '../../../core/traces/mergePaths.ts';
import { asWideAs, showView, trace } from '../traceView.fixture.tsx';
import { FlameGraph } from './FlameGraph.tsx';
import { MergedFlame } from './MergedFlame.tsx';

const flame = () => screen.getByRole('application', { name: 'Flame graph of the trace' });
/** What is said of where one is. */
const said = () => screen.getAllByRole('status').at(-1)?.textContent;
const drawn: string[] = [];

/** Keeps the words that are drawn, of the last picture. */
function recordDrawing(): void {
  const context = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: readonly unknown[]) => {
          if (name === 'clearRect') {
            drawn.length = 0;
          }
          if (name === 'fillText') {
            drawn.push(String(args[0]));
          }
          return { width: 60 };
        },
      set: () => true,
    }
  );
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
}

const at = (x: number, y: number) => ({ clientX: x, clientY: y });

beforeEach(() => {
  drawn.length = 0;
  recordDrawing();
  asWideAs(1600);
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('draws each span with its name, the service where it changes, and a mark where it failed', () => {
  showView(FlameGraph);
  expect(drawn).toEqual([
    '✕ shop: POST /checkout',
    'price order',
    '✕ POST /pay',
    '✕ payments: POST /pay',
    'mail: send mail',
  ]);
});

it('says of what the pointer is on how long it took', () => {
  showView(FlameGraph);
  fireEvent(
    flame(),
    Object.assign(new MouseEvent('pointermove', { bubbles: true, ...at(20, 25) }), { pointerType: 'mouse' })
  );
  expect(said()).toBe('shop: price order. Total 20 ms, Self 20 ms, Critical 20 ms, With all below 12.5 % of all work.');
});

it('zooms into a part by a click, and back', async () => {
  const { user } = showView(FlameGraph);
  fireEvent.click(flame(), at(400, 25));
  expect(drawn).toEqual(['✕ shop: POST /checkout', '✕ POST /pay', '✕ payments: POST /pay']);
  await user.click(screen.getByRole('button', { name: 'Zoom out' }));
  expect(drawn).toHaveLength(5);
  fireEvent.click(flame(), at(400, 45));
  await user.click(screen.getByRole('button', { name: 'Reset zoom' }));
  expect(drawn).toHaveLength(5);
  expect(screen.queryByRole('button', { name: 'Reset zoom' })).not.toBeInTheDocument();
});

it('is walked by keys', async () => {
  const { user, selected } = showView(FlameGraph);
  flame().focus();
  await user.keyboard('{ArrowDown}');
  expect(said()).toMatch(/^shop: POST \/checkout\. Failed yes, Total 100 ms/);
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(said()).toMatch(/^payments: POST \/pay\./);
  await user.keyboard('{ArrowUp}{ArrowRight}');
  expect(said()).toMatch(/^mail: send mail\./);
  await user.keyboard('{ArrowLeft}{ArrowLeft}{Enter}');
  expect(drawn).toEqual(['✕ shop: POST /checkout', 'price order']);
  await user.keyboard(' {Escape}');
  expect(selected).toEqual(['price order']);
  expect(drawn).toHaveLength(5);
});

it('shows the span that one is on', async () => {
  const { user, selected } = showView(FlameGraph);
  fireEvent.click(flame(), at(20, 25));
  await user.click(screen.getByRole('button', { name: 'Show span' }));
  expect(selected).toEqual(['price order']);
});

it('draws the critical path only', async () => {
  const { user } = showView(FlameGraph);
  await user.click(screen.getByRole('radio', { name: 'Critical only' }));
  expect(drawn).not.toContain('mail: send mail');
  flame().focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(said()).toContain('With all below 70 % of the critical path');
});

it('says how much of it has a text', async () => {
  const { user } = showView(FlameGraph);
  const search = screen.getByRole('textbox', { name: 'Highlight by service or operation' });
  await user.type(search, '/PAY');
  expect(await screen.findByText('2 matches; with all below them, 43.8 % of all work.')).toBeInTheDocument();
  await user.type(search, 'x');
  expect(await screen.findByText('Nothing contains this text.')).toBeInTheDocument();
});

it('is a table for those who want one', async () => {
  const { user, selected } = showView(FlameGraph);
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  const grid = screen.getByRole('grid', { name: 'Parts of the flame graph' });
  const [, first, second] = within(grid).getAllByRole('row');
  expect(first).toHaveTextContent('shop POST /checkout100 %11100 ms5 ms10 ms');
  expect(second).toHaveTextContent('shop POST /pay43.8 %');
  await user.click(within(grid).getByText('price order', { exact: false }));
  expect(selected).toEqual(['price order']);
});

it('draws what recurs as one', async () => {
  const calls = [0, 1, 2].map((at) => ({ id: `q${at}`, parent: 'a', name: 'SELECT', from: at, to: at + 1 }));
  const { user } = showView(FlameGraph, trace([{ id: 'a', name: 'GET /', from: 0, to: 10 }, ...calls]));
  expect(drawn).toEqual(['shop: GET /', 'SELECT', 'SELECT', 'SELECT']);
  await user.click(screen.getByRole('radio', { name: 'Merged' }));
  expect(drawn).toEqual(['shop: GET /', 'SELECT']);
  fireEvent.click(flame(), at(20, 25));
  expect(said()).toMatch(/^shop: SELECT\. Spans 3, Total 3 ms/);
  expect(screen.queryByRole('button', { name: 'Show span' })).not.toBeInTheDocument();
});

it('says that no span took time', () => {
  showView(FlameGraph, trace([{ id: 'a', from: 1, to: 1 }]));
  expect(screen.getByRole('heading', { name: 'No span took any time' })).toBeInTheDocument();
});

it('draws many traces as one', async () => {
  render(
    <ThemeContext.Provider value={createTheme()}>
      <MergedFlame merged={mergePaths([trace(), trace()])} />
    </ThemeContext.Provider>
  );
  fireEvent.click(screen.getByRole('application', { name: 'Flame graph of 2 traces' }), at(20, 5));
  expect(said()).toMatch(/^shop: POST \/checkout\. Spans 2, Failed 2, Total 200 ms, Self 10 ms, Critical 20 ms/);
  expect(screen.queryByRole('button', { name: 'Show span' })).not.toBeInTheDocument();
});
