import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { analyzeTraces } from '../../api/traceAnalysis.ts';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Traces } from './Traces.tsx';
import { analysis, NOW, world } from './tracesWorld.fixture.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
  const draw = new Proxy({}, { get: () => () => ({ width: 60 }), set: () => true });
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(draw as never);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const start = (at = '/traces?tab=operations', engine = world()) => ({
  engine,
  ...renderPage(<Traces />, { engine, at }),
  user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
});

it('takes as many traces as are chosen', async () => {
  const { engine, navigation, user } = start();
  expect(await screen.findByRole('radio', { name: '100' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: '500' }));
  expect(navigation.current().search).toBe('?tab=operations&most=500');
  await waitFor(() => expect(engine.calls(analyzeTraces).at(-1)?.set).toMatchObject({ limit: 500 }));
  await user.click(screen.getByRole('radio', { name: '100' }));
  expect(navigation.current().search).toBe('?tab=operations');
});

it('reads no more of those that were selected, and says so', async () => {
  const ids = Array.from({ length: 60 }, (_, n) => String(n).padStart(32, '0'));
  const { engine } = start(`/traces?tab=operations&most=50&ids=${ids.join()}`);
  expect(
    await screen.findByText('Of the 60 selected traces, 50, spread evenly from the first to the last.')
  ).toBeInTheDocument();
  const { set } = engine.calls(analyzeTraces)[0] ?? {};
  expect(set).toMatchObject({ traceIds: { length: 50, 0: ids[0], 49: ids[59] } });
});

it('says of each operation how much it may grow, and what would be saved without it', async () => {
  const [first] = analysis.operations;
  const engine = world().on(analyzeTraces, () => ({
    ...analysis,
    clocksSet: 2,
    operations: first === undefined ? [] : [first, { ...first, operation: 'refund', slackNs: null, savesNs: null }],
  }));
  start('/traces?tab=operations', engine);
  const rows = within(await screen.findByRole('grid', { name: 'Operations' })).getAllByRole('row');
  const ends = rows.map((row) => Array.from(row.children, (cell) => cell.textContent).slice(-2));
  expect(ends).toEqual([
    ['Slack', 'Saves'],
    ['0', '2 ms'],
    ['–', '–'],
  ]);
  expect(screen.getByText('In 2 of them clocks were adjusted first.')).toBeInTheDocument();
});
