import fc from 'fast-check';
import { findSpan, spanRef } from './spanRef.ts';

describe('spanRef', () => {
  it('names each span, also those that share an id', () => {
    const spanIds = ['a', 'b', 'a', 'a'];
    expect(spanIds.map((_, span) => spanRef({ spanIds }, span))).toEqual(['a', 'b', 'a~2', 'a~3']);
  });

  it('is found again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', '')), (spanIds) => {
        expect(spanIds.map((_, span) => findSpan({ spanIds }, spanRef({ spanIds }, span)))).toEqual([
          ...spanIds.keys(),
        ]);
      })
    );
  });

  it('finds nothing that is not there', () => {
    expect(findSpan({ spanIds: ['a'] }, 'b')).toBeNull();
    expect(findSpan({ spanIds: ['a'] }, 'a~2')).toBeNull();
  });
});
