import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { listServices } from '../../api/system.ts';
import { compareTraces, explainTraces, type AskedSet } from '../../api/traceComparison.ts';
import { listTraceAttributeValues } from '../../api/traces.ts';
import { compareTraceSets } from '../../core/traces/compare/compareTraceSets.ts';
import { explainSelection } from '../../core/traces/compare/explainSelection.ts';
import { seeded, shopTraces, type ShopOptions } from '../../core/traces/compare/shopTraces.fixture.ts';
import type { Trace } from '../../core/traces/trace.ts';
import type { NotKept } from '../../core/evidence/evidence.ts';
import { days, epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Compare } from './Compare.tsx';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const SLOW = '/traces/compare?kind=slow&q=%7B+%7D&from=now-1h&to=now';
const BY_ID = '/traces/compare?kind=traces&a=1&b=2';

type Answer = OutputOf<typeof compareTraces>;

const asked = (traces: readonly Trace[], besides: Partial<AskedSet['used']> = {}): AskedSet => ({
  used: {
    ...{
      traces: traces.length,
      spans: 5 * traces.length,
      more: false,
      cut: 0,
      failed: 0,
      problem: null,
      notKept: null,
    },
    ...besides,
  },
  query: '{ }',
  window: { from: epochMs(NOW - 3_600_000), to: epochMs(NOW) },
  traceIds: traces.map(({ traceId }) => traceId),
});

function answerOf(a: readonly Trace[], b: readonly Trace[], besides: Partial<Answer> = {}): Answer {
  const comparison = compareTraceSets(a, b);
  return {
    ...{ a: asked(a), b: asked(b), slowerThanNs: null, pathsLeftOut: 0 },
    comparison: { ...comparison, paths: [...comparison.paths] },
    ...besides,
  };
}

function sets(count: number, given: Omit<ShopOptions, 'random'> = { slower: { 'charge card': 600 } }) {
  const random = seeded(3);
  return [shopTraces(count, { random }), shopTraces(count, { random, ...given })] as const;
}

const world = (answer: () => Answer | Promise<Answer>) =>
  fakeEngine()
    .on(compareTraces, answer)
    .on(listTraceAttributeValues, () => ({ items: ['1.0.0', '1.1.0'], problem: null }))
    .on(listServices, () => ({
      ...{ items: [], asOf: epochMs(NOW), staleSince: null, problem: null },
      coverage: { services: 0, withThreshold: 0, withOwner: 0, withTestedRoute: 0 },
    }));

const compared = (at: string, answer: Answer = answerOf(...sets(20))) =>
  renderPage(<Compare />, { engine: world(() => answer), at });

it('says what it is for, and starts with what works everywhere', async () => {
  const engine = world(() => answerOf(...sets(20)));
  const { navigation } = renderPage(<Compare />, { engine, at: '/traces/compare' });
  expect(screen.getByText('What is different between these traces?')).toBeInTheDocument();
  expect(engine.calls(compareTraces)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: /Compare slow traces/ }));
  expect(navigation.current().search).toContain('kind=slow');
  expect(await screen.findByText(/^B is \d+ ms slower/)).toBeInTheDocument();
  expect(engine.calls(compareTraces)[0]?.sides).toMatchObject({ kind: 'slow_normal', query: '{ }', limit: 100 });
});

it('answers first: how much, how sure, of how many, and where', async () => {
  compared(BY_ID);
  expect(await screen.findByText(/slower/)).toHaveTextContent(
    /^B is \d+ ms slower on average \(median \d+ ms → \d+ ms, p < 0\.001, 20 vs 20 traces\): \d+ ms (of it|more) in payments: charge card\.$/
  );
});

it('lists the paths by what they add, with a usual trace of each side', async () => {
  const answer = answerOf(...sets(20));
  compared(BY_ID, answer);
  const table = await screen.findByRole('table', { name: 'Paths' });
  const [, first] = within(table).getAllByRole('row');
  expect(first).toHaveTextContent(/^payments charge card \+\d+ ms\d+ ms → \d+ msp < 0\.001/);
  const [top] = answer.comparison.paths;
  expect(within(first ?? table).getByRole('link', { name: 'Example of B' })).toHaveAttribute(
    'href',
    `/traces/${top?.b.example}`
  );
  const side = screen.getByRole('region', { name: 'Side A' });
  expect(side).toHaveTextContent('20 (100 spans)');
  expect(within(side).getByRole('link')).toHaveAttribute('href', `/traces/${answer.comparison.a.example}`);
});

it('filters by words, and shows on wish only clear differences, all of it in the address', async () => {
  const { navigation } = compared(BY_ID);
  const table = await screen.findByRole('table', { name: 'Paths' });
  expect(within(table).getAllByRole('row')).toHaveLength(6);
  await userEvent.click(screen.getByLabelText('Only clear differences'));
  expect(within(table).getAllByRole('row')).toHaveLength(3);
  await userEvent.keyboard('/');
  await userEvent.keyboard('pay');
  await waitFor(() => expect(navigation.current().search).toContain('filter=pay'));
  expect(within(table).getAllByRole('row')).toHaveLength(2);
  expect(navigation.current().search).toContain('sure=1');
});

it('shows the structure as a tree, for the keyboard too', async () => {
  compared(`${BY_ID}&view=tree`, answerOf(...sets(8, { stockCalls: 0 })));
  const tree = await screen.findByRole('treegrid', { name: 'Structure' });
  const rows = () => within(tree).getAllByRole('row').slice(1);
  expect(rows()).toHaveLength(5);
  expect(within(tree).getByText('Gone')).toHaveAttribute('title', 'Only in A');
  act(() => rows()[0]?.focus());
  await userEvent.keyboard('{ArrowLeft}');
  expect(rows()).toHaveLength(1);
  expect(rows()[0]).toHaveAttribute('aria-expanded', 'false');
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  expect(rows()).toHaveLength(5);
  expect(rows()[1]).toHaveFocus();
  await userEvent.keyboard('{End}');
  expect(rows()[4]).toHaveFocus();
});

it('asks for what was pasted, and puts it into the address', async () => {
  const engine = world(() => answerOf(...sets(1)));
  const { navigation } = renderPage(<Compare />, { engine, at: '/traces/compare' });
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  await userEvent.type(screen.getByLabelText(/^A: trace ids/), `https://pharos.example.org/traces/${id}?tab=flame`);
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
  expect(screen.getByText('Paste a trace id, a link to a trace, or several of them')).toBeInTheDocument();
  expect(screen.getByLabelText(/^B: trace ids/)).toHaveFocus();
  expect(engine.calls(compareTraces)).toEqual([]);
  await userEvent.type(screen.getByLabelText(/^B: trace ids/), 'ab, cd');
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
  expect(await screen.findByText(/one trace each: no test/)).toBeInTheDocument();
  expect(engine.calls(compareTraces)[0]?.sides).toEqual({
    ...{ kind: 'sets', a: { traceIds: [id] } },
    b: { traceIds: ['ab', 'cd'] },
  });
  expect(navigation.entries()).toHaveLength(2);
});

it('says how the sides were parted, what was sampled and what is missing', async () => {
  const [a, b] = sets(10);
  const sampled = { more: true, problem: '2 of 22 traces could not be read: Tempo was too slow.' };
  const parted = answerOf(a, b, { a: asked(a, sampled), b: asked(b, sampled), slowerThanNs: 250e6 });
  compared(SLOW, parted);
  const notes = await screen.findByRole('list', { name: 'Notes' });
  expect(notes).toHaveTextContent('The traces of B took longer than 250 ms; nine in ten did not.');
  expect(notes).toHaveTextContent('There are more traces than the 20 that were read: the figures are from a sample.');
  expect(within(notes).getAllByText(sampled.problem)).toHaveLength(1);
  expect(screen.getByText(/parted by their duration/)).toBeInTheDocument();
});

it('says of each side what is no longer kept, and of both once', async () => {
  const notKept = (day: number) => ({ source: 'Tempo', keeps: days(day), since: epochMs(NOW - days(day)) });
  const [a, b] = sets(10);
  const noted = async (left: NotKept | null, right: NotKept | null) => {
    const sides = { a: asked(a, { notKept: left }), b: asked(b, { notKept: right }) };
    const { unmount } = compared(BY_ID, answerOf(a, b, sides));
    const items = within(await screen.findByRole('list', { name: 'Notes' })).getAllByText(/no longer there\.$/);
    const texts = items.map(({ textContent }) => textContent);
    unmount();
    return texts;
  };
  const words = 'Tempo keeps its data for 1 d: data from before 2026-11-24 12:00:00 is no longer there.';
  expect(await noted(notKept(1), null)).toEqual([`A: ${words}`]);
  expect(await noted(notKept(1), notKept(1))).toEqual([words]);
});

it('says that small sets are too small, and which side is empty', async () => {
  const few = sets(2);
  const { unmount } = compared(BY_ID, answerOf(...few));
  expect(await screen.findByText(/2 vs 2 traces: too few for a test/)).toBeInTheDocument();
  unmount();
  const nothing = { ...asked([]), used: { ...asked([]).used, failed: 1, problem: 'Tempo has no trace 1.' } };
  compared(BY_ID, answerOf([], few[1], { a: nothing }));
  expect(await screen.findByText(/^There is no trace in A/)).toBeInTheDocument();
  expect(screen.getByText('A: Tempo has no trace 1.')).toBeInTheDocument();
  expect(screen.queryByRole('table', { name: 'Paths' })).not.toBeInTheDocument();
});

it('says that two sides have nothing in common', async () => {
  const [a, b] = sets(4);
  const renamed = b.map((trace) => ({ ...trace, services: trace.services.map((name) => `${name}-2`) }));
  compared(BY_ID, answerOf(a, renamed));
  expect(await screen.findByText(/no path in common/)).toBeInTheDocument();
});

it('asks again on wish, after an error too', async () => {
  let isDown = true;
  const answer = answerOf(...sets(20));
  const engine = world(() => {
    if (isDown) {
      throw new ApiError({ code: 'source_failed', status: 502, message: 'Tempo answered 500: no ingester.' });
    }
    return answer;
  });
  renderPage(<Compare />, { engine, at: BY_ID });
  expect(await screen.findByText('The comparison could not be loaded')).toBeInTheDocument();
  isDown = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^B is \d+ ms slower/)).toBeInTheDocument();
});

it('stands as it is while it is read, also when the window gets the focus again', async () => {
  const engine = world(() => answerOf(...sets(20)));
  renderPage(<Compare />, { engine, at: BY_ID });
  await screen.findByText(/^B is \d+ ms slower/);
  jest.useFakeTimers({ now: Date.now() + 3_600_000, advanceTimers: true });
  window.dispatchEvent(new Event('visibilitychange'));
  await act(() => jest.advanceTimersByTimeAsync(1000));
  jest.useRealTimers();
  expect(engine.calls(compareTraces)).toHaveLength(1);
});

it('reads the traces anew when it is asked again', async () => {
  const engine = world(() => answerOf(...sets(20)));
  const { navigation } = renderPage(<Compare />, { engine, at: BY_ID });
  await screen.findByText(/^B is \d+ ms slower/);
  await userEvent.click(screen.getByRole('button', { name: 'Compare again' }));
  await waitFor(() => expect(engine.calls(compareTraces)).toHaveLength(2));
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
  await waitFor(() => expect(engine.calls(compareTraces)).toHaveLength(3));
  expect(navigation.entries()).toHaveLength(1);
});

it('compares the attributes of the same traces on demand', async () => {
  const random = seeded(5);
  const a = shopTraces(12, { random, attributes: [['region', 'us']] });
  const b = shopTraces(10, { random, attributes: [['region', 'eu']] });
  const explained = explainSelection(b, a);
  const engine = world(() => answerOf(a, b)).on(explainTraces, () => ({
    ...{ selection: asked(b), rest: asked(a), itemsLeftOut: 0 },
    explained: { ...explained, items: [...explained.items], leftOut: [...explained.leftOut] },
  }));
  renderPage(<Compare />, { engine, at: BY_ID });
  await userEvent.click(await screen.findByRole('button', { name: 'Compare attributes' }));
  expect(
    await screen.findByText(/^region eu is in 10 of 10 of the traces of B, and in 0 of 12 of the traces of A/)
  ).toBeInTheDocument();
  expect(engine.calls(explainTraces)[0]).toEqual({
    selection: { traceIds: b.map(({ traceId }) => traceId) },
    rest: { traceIds: a.map(({ traceId }) => traceId) },
  });
});
