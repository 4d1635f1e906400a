import { renderHook } from '@testing-library/react';
import type { PharosQuery } from '../query.ts';
import { useEachOnce } from './useEachOnce.ts';

it('hands on a choice once though it is repeated before and after the query has followed, and every other one', () => {
  const sent: PharosQuery[] = [];
  const counts = (groupBy: string): PharosQuery => ({ refId: 'A', queryType: 'alertCounts', groupBy });
  const { result, rerender } = renderHook(({ query }) => useEachOnce(query, (changed) => sent.push(changed)), {
    initialProps: { query: counts('none') },
  });
  result.current(counts('service'));
  rerender({ query: counts('none') });
  result.current(counts('service'));
  expect(sent).toEqual([counts('service')]);
  rerender({ query: counts('service') });
  result.current(counts('service'));
  expect(sent).toHaveLength(1);
  result.current(counts('none'));
  rerender({ query: counts('none') });
  result.current(counts('service'));
  expect(sent).toEqual([counts('service'), counts('none'), counts('service')]);
});
