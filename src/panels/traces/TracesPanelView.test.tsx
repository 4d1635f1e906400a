import {
  FieldType,
  getDefaultTimeRange,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type PanelData,
} from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeEngine, testHost } from '../../host/fakeEngine.fixture.tsx';
import type { TraceView } from './options.ts';
import { readMap } from './readMap.ts';
import { TracesPanelView } from './TracesPanelView.tsx';

const START = 1_763_733_720_000;

const traceFrame = toDataFrame({
  fields: [
    { name: 'traceID', values: ['a1', 'a1'] },
    { name: 'spanID', values: ['01', '02'] },
    { name: 'parentSpanID', values: [null, '01'] },
    { name: 'operationName', values: ['POST /orders', 'charge card'] },
    { name: 'serviceName', values: ['checkout', 'payments'] },
    { name: 'startTime', type: FieldType.number, values: [START, START + 10] },
    { name: 'duration', type: FieldType.number, values: [100, 80] },
  ],
});

const listFrame = (count: number): DataFrame =>
  toDataFrame({
    fields: [
      { name: 'traceID', values: Array.from({ length: count }, (_, n) => `a${n}`) },
      { name: 'startTime', values: Array.from({ length: count }, () => START) },
      { name: 'traceService', values: Array.from({ length: count }, () => 'checkout') },
      { name: 'traceName', values: Array.from({ length: count }, (_, n) => `POST /orders/${n}`) },
      { name: 'traceDuration', values: Array.from({ length: count }, () => 1210) },
      { name: 'errors', values: Array.from({ length: count }, (_, n) => n) },
    ],
  });

const nodes = toDataFrame({
  fields: [
    { name: 'id', values: ['checkout', 'payments'] },
    { name: 'title', values: ['checkout', 'payments'] },
    { name: 'arc__failed', values: [0, 0.2] },
    { name: 'mainstat', values: [null, null] },
    { name: 'detail__calls', values: [null, 40] },
    { name: 'detail__state', values: ['healthy', 'critical'] },
    { name: 'detail__health', values: ['healthy', 'errors 20 %'] },
    { name: 'detail__critical', values: [0, 1] },
  ],
});
const edges = toDataFrame({
  fields: [
    { name: 'id', values: ['e'] },
    { name: 'source', values: ['checkout'] },
    { name: 'target', values: ['payments'] },
    { name: 'mainstat', values: [null] },
    { name: 'detail__calls', values: [40] },
    { name: 'detail__errors', values: [0.2] },
    { name: 'detail__changes', values: ['slower, more errors'] },
  ],
});

function draw(series: DataFrame[], { view = 'auto', isPublic = false }: { view?: TraceView; isPublic?: boolean } = {}) {
  const { host, navigation } = testHost(fakeEngine());
  const data: PanelData = { state: LoadingState.Done, series, timeRange: getDefaultTimeRange() };
  render(
    <TracesPanelView
      {...{ id: 7, data, width: 800, height: 400, timeZone: 'utc' }}
      options={{ view, maxRows: 2 }}
      host={isPublic ? undefined : host}
    />
  );
  return navigation;
}

it('lists what a search found, with ways into the analysis, and says what is left out', async () => {
  const navigation = draw([listFrame(3)]);
  const row = screen.getByRole('row', { name: /POST \/orders\/1/ });
  expect(row).toHaveTextContent('1.21 s');
  expect(row).toHaveTextContent('1 failed');
  expect(screen.getByText('2 of 3 traces are shown.')).toBeInTheDocument();
  await userEvent.click(within(row).getByRole('link'));
  expect(navigation.entries().at(-1)).toBe('/traces/a1');
});

it('draws one trace, and its critical path when that is asked for', () => {
  draw([traceFrame]);
  expect(screen.getByRole('treegrid')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Analyze this trace in Pharos' })).toHaveAttribute(
    'href',
    expect.stringContaining(`/traces/${'a1'.padStart(32, '0')}`)
  );
});

it('shows the span that is looked at, what to know about the trace, and its times with clocks as they were', async () => {
  const user = userEvent.setup();
  const fields = {
    traceID: ['a1', 'a1', 'a1'],
    spanID: ['01', '02', '03'],
    parentSpanID: [null, '01', 'ff'],
    operationName: ['charge', 'authorize', 'send'],
    serviceName: ['payments', 'bank', 'mail'],
    kind: ['client', 'server', 'internal'],
    startTime: [START, START + 5000, START + 20],
    duration: [100, 80, 10],
    tags: [[], [{ key: 'bank.region', value: 'eu' }], []],
  };
  draw([toDataFrame({ fields: Object.entries(fields).map(([name, values]) => ({ name, values })) })]);
  const notes = () => screen.getByRole('list', { name: 'Notes about this trace' });
  expect(notes()).toHaveTextContent(/Missing parents.*Clocks adjusted/);
  await user.click(screen.getByRole('checkbox', { name: 'Adjust clocks (bank by −4.99 s)' }));
  expect(notes()).not.toHaveTextContent('Clocks adjusted');
  await user.click(screen.getByText('authorize', { exact: false }));
  const span = screen.getByRole('region', { name: 'Span' });
  expect(span).toHaveTextContent('5 s after the trace began');
  await user.click(within(span).getByRole('button', { name: 'Filter by bank.region' }));
  expect(screen.getByRole('textbox', { name: /Filter/ })).toHaveValue('bank.region=eu');
  within(span).getByRole('group', { name: 'About the span' }).focus();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('region', { name: 'Span' })).not.toBeInTheDocument();
});

it('tells what held up the answer, by operation', () => {
  draw([traceFrame], { view: 'path' });
  const [, first] = screen.getAllByRole('row');
  expect(first).toHaveTextContent('payments: charge card');
  expect(first).toHaveTextContent('80 %');
  expect(first).toHaveTextContent('80 ms');
});

it('draws the map of two frames', async () => {
  draw([nodes, edges]);
  expect(await screen.findByRole('link', { name: 'Open the map in Pharos' })).toBeInTheDocument();
  expect((await screen.findAllByText('payments')).length).toBeGreaterThan(0);
  const {
    nodes: [checkout, payments],
    edges: [edge],
  } = readMap([nodes, edges]);
  expect(checkout).toMatchObject({ received: null, health: { state: 'healthy', why: null } });
  expect(payments).toMatchObject({
    received: { calls: 40, rate: null, errorRatio: 0.2 },
    health: { state: 'critical', why: 'errors 20 %' },
    alerts: { critical: 1, warning: 0 },
  });
  expect(edge?.figures).toMatchObject({ calls: 40, failed: 8 });
});

it.each([
  [[], 'auto', 'No traces'],
  [[toDataFrame({ fields: [{ name: 'x', values: [1] }] })], 'auto', 'This answer cannot be drawn as "Automatic"'],
  // As Tempo gives it, whose columns mean other figures.
  [
    [
      toDataFrame({
        fields: [
          { name: 'id', values: ['a'] },
          { name: 'title', values: ['a'] },
        ],
      }),
    ],
    'map',
    'This answer cannot be drawn as "Map"',
  ],
  [[listFrame(1)], 'trace', 'This answer cannot be drawn as "One trace"'],
] as const)('says what it cannot draw (%#)', (series, view, title) => {
  draw([...series], { view });
  expect(screen.getByRole('heading', { name: title })).toBeInTheDocument();
});

it('leads nowhere from a public dashboard', () => {
  draw([listFrame(1)], { isPublic: true });
  expect(screen.getByText('checkout: POST /orders/0')).toBeInTheDocument();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});
