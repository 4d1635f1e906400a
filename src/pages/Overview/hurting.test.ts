import { answerOverview, coverageGaps, shortReason } from './hurting.ts';
import { service, SINCE } from './services.fixture.tsx';

describe('answerOverview', () => {
  it('names the hurting services with reason and time, the critical ones first', () => {
    const answer = answerOverview([service('cart', 'degraded'), service('checkout', 'critical'), service('catalog')]);
    expect(answer).toMatchObject({ state: 'critical', lead: '2 of 3 services are hurting', more: 0 });
    expect(answer.hurting.map((one) => one.service)).toEqual(['checkout', 'cart']);
    expect(answer.hurting[0]).toMatchObject({ why: 'p95 latency 1.2 s is above 800 ms', since: SINCE });
  });

  it('names three and counts the rest', () => {
    const answer = answerOverview(['a', 'b', 'c', 'd', 'e'].map((name) => service(name, 'degraded')));
    expect(answer.hurting).toHaveLength(3);
    expect(answer.more).toBe(2);
    expect(answer.state).toBe('degraded');
  });

  it.each([
    [[service('a')], 'healthy', 'The one service found is healthy'],
    [[service('a'), service('b')], 'healthy', 'All 2 services are healthy'],
    [[service('a', 'critical')], 'critical', '1 of 1 service is hurting'],
    [[service('a'), service('b', 'unknown')], 'unknown', 'No service is hurting; the health of 1 of 2 is unknown'],
    [[service('a', 'unknown'), service('b', 'unknown')], 'unknown', 'The health of all 2 services is unknown'],
  ] as const)('says it plainly (%#)', (all, state, lead) => {
    expect(answerOverview(all)).toMatchObject({ state, lead });
  });
});

it.each([
  ['Alert (critical): checkout: p95 latency above 800 ms', 'p95 latency above 800 ms'],
  ['Alert (warning): HostOutOfDisk on db-1', 'HostOutOfDisk on db-1'],
  ['2 of 3 scrape targets do not answer', '2 of 3 scrape targets do not answer'],
])('shortens %s', (text, short) => {
  expect(shortReason(text, 'checkout')).toBe(short);
});

describe('coverageGaps', () => {
  it('counts who has what, and names who has not', () => {
    const all = [
      service('a'),
      service('b', 'healthy', { hasThreshold: false, hasOwner: false }),
      service('c', 'healthy', { hasThreshold: false }),
    ];
    expect(coverageGaps(all)).toEqual([
      { what: 'threshold', covered: 1, without: ['b', 'c'] },
      { what: 'owner', covered: 2, without: ['b'] },
      { what: 'tested route', covered: 3, without: [] },
    ]);
  });
});
