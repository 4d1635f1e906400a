import { screen, within } from '@testing-library/react';
import { asWideAs, showView, trace } from '../traceView.fixture.tsx';
import { CriticalPathList } from './CriticalPathList.tsx';

const rows = (name: string) =>
  within(screen.getByRole('grid', { name }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

it('lists the sections in order, each with its share', () => {
  showView(CriticalPathList);
  expect(
    screen.getByText('5 sections of 4 spans, one after the other, add up to the 100 ms that shop: POST /checkout took.')
  ).toBeInTheDocument();
  expect(rows('Sections of the critical path')).toEqual([
    'shop price order020 ms20 ms20 %',
    'shop POST /pay20 ms25 ms5 ms5 %',
    'payments POST /pay25 ms85 ms60 ms60 %',
    'shop POST /pay85 ms90 ms5 ms5 %',
    'shop POST /checkout90 ms100 ms10 ms10 %',
  ]);
});

afterEach(() => void jest.restoreAllMocks());

it.each([
  ['a table', { width: 1000, first: 'price order020 ms20 ms20 %', turn: /Took/, then: /^payments POST \/pay/ }],
  [
    'cards on a phone',
    {
      ...{ width: 360, first: 'price orderFrom0To20 msTook20 msShare20 %' },
      ...{ turn: 'Smallest first', then: /^shop POST \/checkout/ },
    },
  ],
])('lists them as the path runs, and in another order on demand, as %s', async (_, { width, first, turn, then }) => {
  asWideAs(width);
  const { user } = showView(CriticalPathList);
  const list = () =>
    within(screen.getByRole('grid', { name: 'Sections of the critical path' }))
      .getAllByRole('row')
      .map((row) => row.textContent)
      .filter((text) => /\d/.test(text));
  expect(list()[0]).toBe(`shop ${first}`);
  await user.click(screen.getByRole('button', { name: turn }));
  expect(list()[0]).toMatch(then);
});

it('says what was not waited for, and why', () => {
  showView(CriticalPathList);
  expect(rows('Spans that were not waited for')).toEqual([
    'mail send mailit continues after its parent has ended65 ms0',
  ]);
});

it('says that all was waited for', () => {
  showView(CriticalPathList, trace([{ id: 'a', from: 0, to: 1 }]));
  expect(screen.getByText('Each span below the root was waited for.')).toBeInTheDocument();
});

it('selects the span of a section', async () => {
  const { user, selected } = showView(CriticalPathList);
  await user.click(screen.getByText('price order', { exact: false }));
  screen.getByRole('grid', { name: 'Spans that were not waited for' }).focus();
  await user.keyboard('{Enter}');
  expect(selected).toEqual(['price order', 'send mail']);
});

it('says why it was not computed', () => {
  showView(CriticalPathList, trace([{ id: 'a', name: 'GET /', from: 5, to: 5 }]));
  expect(screen.getByRole('heading', { name: 'The critical path was not computed' })).toBeInTheDocument();
  expect(screen.getByText(/^It was not computed because the root \(shop: GET \/,/)).toBeInTheDocument();
});
