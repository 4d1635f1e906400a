import { fireEvent, screen, within } from '@testing-library/react';
import { showView, trace } from '../traceView.fixture.tsx';
import { Operations } from './Operations.tsx';

const grid = () => screen.getByRole('grid', { name: 'Operations' });
const rows = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
const whatIf = () => screen.getByRole('region', { name: 'What if' });
const answer = () => within(whatIf()).getByRole('status').textContent;

it('sums up by service and operation, the most of the critical path first', () => {
  showView(Operations);
  expect(rows()).toEqual([
    'payments POST /pay1160 ms60 %60 ms60 ms60 ms60 ms',
    'shop price order1020 ms20 %20 ms20 ms20 ms20 ms',
    'shop POST /pay1110 ms10 %10 ms70 ms70 ms70 ms',
    'shop POST /checkout1110 ms10 %5 ms100 ms100 ms100 ms',
    'mail send mail1000 %65 ms65 ms65 ms65 ms',
  ]);
});

it('says at once what the trace would take if an operation took half its time', () => {
  showView(Operations);
  expect(answer()).toBe('The trace would take 70 ms instead of 100 ms: 30 % less.');
  expect(whatIf()).toHaveTextContent('Drag 60 ms: the trace would be this much shorter without it.');
});

it('follows the slider', () => {
  showView(Operations);
  fireEvent.change(screen.getByRole('slider', { name: /takes 50 % of its time/ }), { target: { value: '200' } });
  expect(answer()).toBe('The trace would take 160 ms instead of 100 ms: 60 % more.');
  fireEvent.change(screen.getByRole('slider', { name: /takes 200 %/ }), { target: { value: '100' } });
  expect(answer()).toBe('The trace would take 100 ms as before.');
});

it('takes another operation by a click on its row', async () => {
  const { user } = showView(Operations);
  await user.click(within(grid()).getByText('price order', { exact: false }));
  expect(answer()).toBe('The trace would take 90 ms instead of 100 ms: 10 % less.');
});

it('takes a fixed time, and says what to enter where it is none', async () => {
  const { user } = showView(Operations);
  await user.click(screen.getByRole('radio', { name: 'A fixed time' }));
  const field = screen.getByRole('textbox', { name: /takes/ });
  expect(answer()).toBe('The trace would take 50 ms instead of 100 ms: 50 % less.');
  await user.clear(field);
  await user.type(field, '-1');
  expect(whatIf()).toHaveTextContent('Enter milliseconds from 0 to a day, such as 10 or 0.5.');
  expect(answer()).toBe('');
  await user.clear(field);
  await user.type(field, '0,5');
  expect(answer()).toBe('The trace would take 40.5 ms instead of 100 ms: 59.5 % less.');
});

it('moves to the operation of the selected span, and says its slack', async () => {
  const { user } = showView(Operations, trace(), 4);
  await user.click(screen.getByRole('radio', { name: 'The selected span' }));
  expect(whatIf()).toHaveTextContent('mail send mail');
  expect(whatIf()).toHaveTextContent('Nothing waits for it: however long it takes, the trace takes as long as before.');
  expect(answer()).toBe('The trace would take 100 ms as before.');
});

it('says that there is no span', () => {
  showView(Operations, { ...trace(), size: 0, roots: new Uint32Array() });
  expect(screen.getByText('This trace has no span')).toBeInTheDocument();
});
