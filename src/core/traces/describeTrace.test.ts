import { criticalPath } from './criticalPath.ts';
import { describeTrace } from './describeTrace.ts';
import { traceOf } from './testTrace.fixture.ts';

const TRACE = traceOf([
  { id: '1', service: 'checkout', name: 'POST /pay', from: 0, to: 100, status: 'error' },
  { id: '2', parent: '1', service: 'payments', name: 'charge', from: 10, to: 50, status: 'error' },
  { id: '3', parent: '2', service: 'bank', name: 'book', from: 12, to: 20, status: 'error' },
  { id: '4', parent: '2', service: 'bank', name: 'book', from: 30, to: 32, status: 'error' },
  { id: '5', parent: '1', service: 'payments', name: 'charge', from: 50, to: 90 },
]);

describe('describeTrace', () => {
  it('says how long it took, where most of the path is, and where failing began', () => {
    const answer = describeTrace(TRACE, criticalPath(TRACE));
    expect(answer).toMatchObject({ root: 0, durationNs: 100, errors: 4 });
    // 40 of the second call, and 30 of the first that are not the bank's.
    expect(answer.most).toMatchObject({ service: 'payments', operation: 'charge', span: 4, share: 0.7 });
    expect(answer.failedFirst).toEqual([2]);
  });

  it('has no answer about an empty path', () => {
    const instant = traceOf([{ id: '1', from: 0, to: 0 }]);
    expect(describeTrace(instant, criticalPath(instant)).most).toBeNull();
  });
});
