import { act, renderHook } from '@testing-library/react';
import { keepOrder, useSteadyRows } from './useSteadyRows.ts';

interface Row {
  readonly key: string;
  readonly state: string;
}

const row = (key: string, state = 'a'): Row => ({ key, state });
const keyOf = ({ key }: Row) => key;
const keys = (rows: readonly Row[]) => rows.map(keyOf).join(' ');

describe('keepOrder', () => {
  it('keeps what stood in its place and puts the new last', () => {
    expect(keys(keepOrder([row('n'), row('c'), row('a')], ['a', 'b', 'c'], keyOf))).toBe('a c n');
  });
});

describe('useSteadyRows', () => {
  const start = (rows: Row[], hold = false) =>
    renderHook(
      (props: { rows: Row[]; hold: boolean }) => useSteadyRows({ ...props, keyOf, versionOf: (r) => r.state }),
      {
        initialProps: { rows, hold },
      }
    );

  it('follows the given order when nobody reads', () => {
    const { result, rerender } = start([row('a'), row('b')]);
    rerender({ rows: [row('b'), row('a')], hold: false });
    expect(keys(result.current.rows)).toBe('b a');
  });

  it('moves nothing while one reads, and catches up after', () => {
    const { result, rerender } = start([row('a'), row('b')]);
    const later = [row('n'), row('b'), row('a')];
    rerender({ rows: later, hold: true });
    expect(keys(result.current.rows)).toBe('a b n');
    act(() => rerender({ rows: later, hold: false }));
    expect(keys(result.current.rows)).toBe('n b a');
  });

  it('marks a row each time it changes, not when it first appears', () => {
    const { result, rerender } = start([row('a', '1'), row('b', '1')]);
    expect(result.current.marks.size).toBe(0);
    rerender({ rows: [row('a', '2'), row('b', '1'), row('n', '1')], hold: false });
    expect([...result.current.marks]).toEqual([['a', 1]]);
    rerender({ rows: [row('a', '3'), row('b', '1'), row('n', '1')], hold: true });
    expect([...result.current.marks]).toEqual([['a', 2]]);
  });

  it('settles when the caller makes a new array at every render', () => {
    const one = row('a');
    const { result } = renderHook(() => useSteadyRows({ rows: [one], keyOf, versionOf: (r) => r.state, hold: false }));
    expect(keys(result.current.rows)).toBe('a');
  });
});
