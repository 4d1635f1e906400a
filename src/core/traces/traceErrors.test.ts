import { drawTrace, exceptionEvent, type DrawnSpan } from './drawTrace.fixture.ts';
import { traceErrors } from './traceErrors.ts';

const failing = (message: string, more: Partial<DrawnSpan> = {}): DrawnSpan[] => [
  { id: 'root', from: 0, to: 100, failed: true },
  {
    id: 'a',
    parent: 'root',
    from: 0,
    to: 50,
    service: 'pay',
    name: 'charge',
    failed: true,
    events: [exceptionEvent('Declined', message)],
    ...more,
  },
];

describe('traceErrors', () => {
  it('groups origins by type and template over traces, the most frequent first', () => {
    const rows = traceErrors([
      drawTrace(failing('card 4711 refused'), 1, '1'),
      drawTrace(failing('card 4712 refused', { to: 60 }), 1, '2'),
      drawTrace(failing('no such card'), 1, '3'),
    ]);
    expect(
      rows.map(({ service, operation, type, template, count, traces }) => [
        service,
        operation,
        type,
        template,
        count,
        traces,
      ])
    ).toEqual([
      ['pay', 'charge', 'Declined', 'card <*> refused', 2, 2],
      ['pay', 'charge', 'Declined', 'no such card', 1, 1],
    ]);
    const [first] = rows;
    expect(first?.example).toEqual({
      traceId: '2'.padStart(32, '0'),
      spanId: '000000000000000a',
      message: 'card 4712 refused',
    });
    expect((first?.lastNs ?? 0n) - (first?.firstNs ?? 0n)).toBe(10n);
  });

  it('has no rows where nothing failed', () => {
    expect(traceErrors([drawTrace([{ id: 'a', from: 0, to: 1 }])])).toEqual([]);
  });
});
