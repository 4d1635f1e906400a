import { screen, within } from '@testing-library/react';
import { CHECKOUT, showView, trace } from '../traceView.fixture.tsx';
import { ErrorStories } from './ErrorStories.tsx';
import { foldSteps, type StoryStep } from './storySteps.ts';

const steps = () =>
  within(screen.getByRole('list', { name: 'How it spread' }))
    .getAllByRole('listitem')
    .map((step) => step.textContent);

it('says that no span failed', () => {
  showView(ErrorStories, trace([{ id: 'a', from: 0, to: 1 }]));
  expect(screen.getByRole('heading', { name: 'No span failed' })).toBeInTheDocument();
});

it('tells a failure from its origin to the one who saw it, with times', () => {
  showView(ErrorStories);
  expect(screen.getByRole('status')).toHaveTextContent('1 failure: seen by a user.');
  expect(screen.getByRole('heading', { name: 'CardDeclined: limit of 500 exceeded' })).toBeInTheDocument();
  expect(steps()).toEqual([
    ' Began inpayments POST /payfailed at 85 ms',
    ' Spread toshop POST /payfailed at 90 ms',
    ' Seen inshop POST /checkoutfailed at 100 ms',
  ]);
});

it('shows the stack trace when asked', async () => {
  const { user } = showView(ErrorStories);
  await user.click(screen.getByText('Stack trace'));
  expect(screen.getByText(/at charge \(pay\.js:7\)/)).toBeVisible();
});

it('selects a span by a click on its step', async () => {
  const { user, selected } = showView(ErrorStories);
  await user.click(screen.getByRole('button', { name: /Began in/ }));
  expect(selected).toEqual(['POST /pay']);
  expect(screen.getByRole('button', { name: /Began in/ })).toHaveAttribute('aria-pressed', 'true');
});

it('shows where a failure stopped', () => {
  showView(ErrorStories, trace(CHECKOUT.map((span) => (span.id === 'root' ? { ...span, failed: false } : span))));
  expect(screen.getByRole('status')).toHaveTextContent('1 failure: swallowed.');
  expect(steps().at(-1)).toBe(' Stopped atshop POST /checkoutdid not fail, ended at 100 ms');
});

it('shows who did not wait for what failed', () => {
  const failing = CHECKOUT.map((span) => ({ ...span, failed: span.id === 'mail' }));
  showView(ErrorStories, trace(failing));
  expect(screen.getByRole('status')).toHaveTextContent('1 failure: not waited for.');
  expect(steps()).toEqual([
    ' Began inmail send mailfailed at 160 ms',
    ' Did not waitshop POST /checkoutdid not fail, ended at 100 ms',
  ]);
});

it('leads to those that failed in the same way', async () => {
  const like = Array.from({ length: 3 }, (_, at) => ({
    id: `x${at}`,
    parent: 'a',
    name: 'GET /stock',
    from: at,
    to: at + 1,
    failed: true,
    statusMessage: `no item ${at}`,
  }));
  const { user, selected } = showView(ErrorStories, trace([{ id: 'a', from: 0, to: 10 }, ...like]));
  expect(screen.getByText('2 other spans failed in the same way:')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show 3' }));
  expect(selected).toEqual(['GET /stock']);
});

it('folds the middle of a long chain until asked', async () => {
  const chain = Array.from({ length: 20 }, (_, at) => ({
    ...{ id: `c${at}`, name: `step ${at}`, from: 0, to: 100 - at, failed: true },
    ...(at === 0 ? {} : { parent: `c${at - 1}` }),
  }));
  const { user } = showView(ErrorStories, trace(chain));
  expect(steps()).toHaveLength(9);
  await user.click(screen.getByRole('button', { name: 'Show 12 spans in between' }));
  expect(steps()).toHaveLength(20);
});

it('folds none of a chain that can be read', () => {
  const short: readonly StoryStep[] = [{ span: 1, role: 'origin' }];
  expect(foldSteps(short, 1)).toEqual({ steps: short, folded: [], foldedAt: -1 });
});

it('filters by the type of an error where there is a filter', async () => {
  const onFilter = jest.fn();
  const { user } = showView((props) => <ErrorStories {...props} onFilter={onFilter} />);
  await user.click(screen.getByRole('button', { name: 'All spans with CardDeclined' }));
  expect(onFilter).toHaveBeenCalledWith({ field: 'error', op: '=', value: 'CardDeclined', negated: false });
});
