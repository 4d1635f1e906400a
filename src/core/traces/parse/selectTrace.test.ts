import { createTraceBuilder } from '../traceBuilder.ts';
import { selectTrace } from './selectTrace.ts';
import { TraceInputError } from './traceInputError.ts';

const traceOf = (id: number) => createTraceBuilder(id.toString(16)).build();
const full = (id: number) => id.toString(16).padStart(32, '0');
const several = { traces: [10, 11, 12].map(traceOf) };

describe('selectTrace', () => {
  it('takes the only one there is', () => {
    expect(selectTrace({ traces: [traceOf(10)] }).traceId).toBe(full(10));
  });

  it.each(['b', 'B', full(11), full(11).toUpperCase()])('finds %s', (id) => {
    expect(selectTrace(several, id).traceId).toBe(full(11));
  });

  it('lists the ids where none is picked', () => {
    expect(() => selectTrace(several)).toThrow(
      new TraceInputError(
        `The input holds 3 traces and one is needed: pick one by its id. They are ${full(10)}, ${full(11)}, ${full(12)}.`
      )
    );
  });

  it('lists at most twenty, and says how many more there are', () => {
    const traces = Array.from({ length: 25 }, (_, i) => traceOf(i + 1));
    expect(() => selectTrace({ traces })).toThrow(`${full(20)} and 5 more.`);
    expect(() => selectTrace({ traces })).not.toThrow(full(21));
  });

  it('quotes what is no id, and cuts what is long', () => {
    const traces = ['\u001b[31mred', 'x'.repeat(1000)].map((id) => createTraceBuilder(id).build());
    expect(() => selectTrace({ traces })).toThrow(`They are "\\u001b[31mred", "${'x'.repeat(59)}….`);
  });

  it('says what there is instead of an id that is not there', () => {
    expect(() => selectTrace({ traces: [traceOf(10)] }, 'f')).toThrow(
      `There is no trace f in the input; it holds ${full(10)}.`
    );
    expect(() => selectTrace(several, 'f')).toThrow('it holds 3 traces: ');
  });
});
