import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { SpanFilterField } from './SpanFilterField.tsx';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function Address({ start = '' }: { readonly start?: string }) {
  const [filter, setFilter] = useState(start);
  return (
    <>
      <SpanFilterField filter={filter} onFilter={setFilter} />
      <output>{filter}</output>
      <button onClick={() => setFilter('service:cart')}>Back</button>
    </>
  );
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Filter spans' });
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const rest = () => act(() => jest.advanceTimersByTime(200));

it('leaves alone what is being typed when a part of it has gone out', () => {
  render(<Address />);
  type('error ');
  rest();
  expect(screen.getByRole('status')).toHaveTextContent('error');
  expect(field().value).toBe('error ');
  type('error kind:client');
  rest();
  expect(screen.getByRole('status')).toHaveTextContent('error kind:client');
});

it('follows what is changed elsewhere', () => {
  render(<Address start="error" />);
  expect(field().value).toBe('error');
  fireEvent.click(screen.getByRole('button', { name: 'Back' }));
  rest();
  expect(field().value).toBe('service:cart');
  expect(screen.getByRole('status')).toHaveTextContent('service:cart');
});
