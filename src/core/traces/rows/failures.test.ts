import fc from 'fast-check';
import { traceOf } from '../testTrace.fixture.ts';
import { findFailures, stepThrough } from './failures.ts';

describe('findFailures', () => {
  it('counts them below any span', () => {
    const trace = traceOf([
      { id: '1', from: 0, to: 100, status: 'error' },
      { id: '2', parent: '1', from: 1, to: 50 },
      { id: '3', parent: '2', from: 2, to: 10, status: 'error' },
      { id: '4', parent: '1', from: 60, to: 70, status: 'error' },
    ]);
    const { spans, within } = findFailures(trace);
    expect([...spans]).toEqual([0, 2, 3]);
    expect([0, 1, 2, 3].map(within)).toEqual([3, 1, 1, 1]);
  });
});

describe('stepThrough', () => {
  it('goes round in both directions', () => {
    const places = Uint32Array.from([3, 7, 9]);
    expect([null, 0, 3, 5, 9].map((from) => stepThrough(places, from, 1))).toEqual([3, 3, 7, 7, 3]);
    expect([9, 8, 3, 0].map((from) => stepThrough(places, from, -1))).toEqual([7, 7, 9, 9]);
    expect(stepThrough(new Uint32Array(0), 4, 1)).toBeUndefined();
  });

  it('visits each once before it comes back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1 }), (given) => {
        const places = Uint32Array.from(given.toSorted((a, b) => a - b));
        let at: number | null = null;
        const seen = Array.from(places, () => (at = stepThrough(places, at, 1) ?? null));
        expect(seen).toEqual([...places]);
      })
    );
  });
});
