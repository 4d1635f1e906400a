import { criticalPath } from '../../core/traces/criticalPath.ts';
import { describeTrace } from '../../core/traces/describeTrace.ts';
import { traceOf, type GivenSpan } from '../../core/traces/testTrace.fixture.ts';
import { traceSentence } from './traceSentence.ts';

const MS = 1_000_000;

function sentence(spans: readonly GivenSpan[]): string {
  const trace = traceOf(spans);
  return traceSentence(trace, describeTrace(trace, criticalPath(trace)))
    .map(({ text }) => text)
    .join('');
}

const ROOT: GivenSpan = { id: '1', service: 'checkout', name: 'POST /pay', from: 0, to: 1210 * MS };
const CHARGE: GivenSpan = {
  id: '2',
  parent: '1',
  service: 'payments',
  name: 'charge card',
  from: 100 * MS,
  to: 1044 * MS,
};

describe('traceSentence', () => {
  it('says how long it took, where the time was and what failed', () => {
    const bank: GivenSpan = {
      id: '3',
      parent: '2',
      service: 'bank',
      name: 'book',
      from: 100 * MS,
      to: 200 * MS,
      status: 'error',
    };
    expect(sentence([ROOT, CHARGE, bank])).toBe(
      'checkout: POST /pay took 1.21 s; 70 % of it in payments: charge card; failed in bank: book.'
    );
  });

  it('does not name twice what was slow and failed', () => {
    expect(sentence([ROOT, { ...CHARGE, status: 'error' }])).toBe(
      'checkout: POST /pay took 1.21 s; 78 % of it in payments: charge card, which failed.'
    );
  });

  it('says so where the time was the root’s own', () => {
    expect(sentence([ROOT])).toBe('checkout: POST /pay took 1.21 s; 100 % of it in its own work.');
  });

  it('counts the services in which more began to fail', () => {
    const failing = ['a', 'b', 'c', 'd', 'e'].map((service, i): GivenSpan => ({
      ...{ id: String(i + 2), parent: '1', service, name: 'get', status: 'error' },
      from: i * MS,
      to: (i + 1) * MS,
    }));
    expect(sentence([ROOT, ...failing])).toMatch(/; failed in a: get, b: get, c: get and 2 more services\.$/);
  });
});
