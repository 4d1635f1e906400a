import { traceOf } from '../testTrace.fixture.ts';
import { minimapCells } from './minimapCells.ts';

describe('minimapCells', () => {
  const trace = traceOf([
    { id: '1', service: 'a', from: 0, to: 100 },
    { id: '2', parent: '1', service: 'b', from: 50, to: 75, status: 'error' },
  ]);

  it('paints each span in its lane and time', () => {
    const { lanes, service, failed } = minimapCells(trace, { columns: 4, lanes: 28 });
    expect(lanes).toBe(2);
    expect([...service]).toEqual([1, 1, 1, 1, 0, 0, 2, 0]);
    expect([...failed]).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('puts many spans into few lanes, and keeps a failure in sight', () => {
    const { lanes, service, failed } = minimapCells(trace, { columns: 4, lanes: 1 });
    expect(lanes).toBe(1);
    expect([...service]).toEqual([1, 1, 2, 1]);
    expect([...failed]).toEqual([0, 0, 1, 0]);
  });

  it('shows a span that took no time', () => {
    const instant = traceOf([{ id: '1', from: 0, to: 0 }]);
    expect([...minimapCells(instant, { columns: 3, lanes: 4 }).service]).toEqual([1, 0, 0]);
  });
});
