import { noticesOf } from './noticesOf.ts';

const ids = Array.from({ length: 30 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
const nothing = {
  traceId: 'a'.repeat(32),
  spanIds: ids,
  roots: Uint32Array.of(0),
  place: Uint32Array.from(ids.keys()),
  repeated: 0,
  times: { stepNs: 1, noEnd: [], endsBeforeStart: [] },
  missing: [],
  cut: [],
  ambiguous: [],
};
const sentences = (more: Partial<Parameters<typeof noticesOf>[0]>) =>
  noticesOf({ ...nothing, ...more }).map(({ code, message }) => `${code}: ${message}`);

describe('noticesOf', () => {
  it('says nothing of a trace that is whole', () => {
    expect(noticesOf(nothing)).toEqual([]);
  });

  it.each([
    [{ traceId: 'x' }, 'bad_id: The trace id is not 32 hexadecimal characters long; it is kept as received.'],
    [{ spanIds: ['x', 'y'] }, 'bad_id: 2 span ids are not 16 hexadecimal characters long; they are kept as received.'],
    [{ repeated: 1 }, 'duplicate_id: One span was received twice and is kept once.'],
    [{ repeated: 2 }, 'duplicate_id: 2 spans were received twice and are kept once.'],
    [{ ambiguous: [1] }, 'duplicate_id: One span has the id of another; children of that id hang below the first one.'],
    [
      { missing: [1] },
      'missing_parent: The parent of one span is missing: it was not recorded, not sampled or has not arrived. The span is shown as a root.',
    ],
    [
      { missing: [1, 2] },
      'missing_parent: The parents of 2 spans are missing: not recorded, not sampled or not arrived. These spans are shown as roots.',
    ],
    [{ cut: [3] }, 'cycle: The parents of one span lead back to itself; it was made a root.'],
    [
      { roots: Uint32Array.of(0, 4) },
      'several_roots: The trace has 2 roots. The critical path is that of the earliest.',
    ],
    [{ times: { ...nothing.times, noEnd: [1] } }, 'no_end: One span has no end; its duration counts as 0.'],
    [
      { times: { ...nothing.times, endsBeforeStart: [1, 2] } },
      'ends_before_start: 2 spans end before they start; their durations count as 0.',
    ],
    [
      { times: { ...nothing.times, stepNs: 1024 } },
      'time_precision: The trace spans more than 104 days: times are kept to 1024 ns. A clock may have been wrong, or a start missing.',
    ],
  ])('says of %j: %s', (found, sentence) => {
    expect(sentences(found)).toEqual([sentence]);
  });

  it('names at most twenty spans, the first of the trace', () => {
    const place = Uint32Array.from(ids.keys()).toReversed();
    const [found] = noticesOf({ ...nothing, place, missing: [...ids.keys()] });
    expect([found?.count, found?.spanIds]).toEqual([30, ids.slice(0, 20)]);
  });
});
