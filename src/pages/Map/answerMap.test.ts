import { answerMap } from './answerMap.ts';
import { edge, figures, node, NOW, shopMap } from './map.fixture.ts';

const baseline = { at: NOW, known: true, tests: 4 };

it('says how many services there are, which hurt and why', () => {
  expect(answerMap(shopMap())).toMatchObject({
    ...{ state: 'degraded', lead: '3 services, 1 hurting', more: 0, changes: null },
    hurting: [{ id: 'payments', why: 'errors 4.1 %' }],
  });
});

it('names three, the worst first, and counts the rest', () => {
  const hurt = (id: string, state: 'degraded' | 'critical') =>
    node(id, { health: { state, since: null, why: `${id} hurts`, toldBy: 'health' } });
  const nodes = [hurt('a', 'degraded'), hurt('b', 'critical'), hurt('c', 'degraded'), hurt('external:d', 'degraded')];
  const answer = answerMap(shopMap({ nodes }));
  expect(answer).toMatchObject({
    state: 'critical',
    lead: '3 services, 4 hurting, 1 of them not your services',
    more: 1,
  });
  expect(answer.hurting.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
});

it('says that none hurts, and that nothing is known', () => {
  expect(answerMap(shopMap({ nodes: [node('a')] }))).toMatchObject({
    state: 'healthy',
    lead: '1 service, none hurting',
  });
  const unknown = node('a', { health: { state: 'unknown', since: null, why: null, toldBy: 'errors' } });
  expect(answerMap(shopMap({ nodes: [unknown] })).state).toBe('unknown');
});

it('names what fails a lot though nothing watches it', () => {
  const nodes = [node('a', { received: figures(3, 0.08) }), node('b', { received: figures(3, 0.3) }), node('c')];
  expect(answerMap(shopMap({ nodes }))).toMatchObject({
    ...{ state: 'degraded', lead: '3 services, none hurting' },
    failing: [
      { name: 'b', errors: '30 %' },
      { name: 'a', errors: '8 %' },
    ],
  });
  const queue = node('queue:a', { received: figures(3, 0.08) });
  expect(answerMap(shopMap({ nodes: [queue] })).failing).toMatchObject([{ name: 'a', errors: 'queue, 8 %' }]);
  // What hurts is named already.
  expect(answerMap(shopMap()).failing).toEqual([]);
});

it('names where trouble begins before what only passes it on', () => {
  const slower = { changes: [{ kind: 'slower' as const, p: 1e-9 }] };
  const edges = [
    edge('a', 'b', slower),
    edge('b', 'c', slower),
    edge('c', 'd', { changes: [{ kind: 'slower', p: 0.04 }] }),
  ];
  const texts = answerMap(shopMap({ edges, baseline })).changes?.map(({ chosen }) => chosen);
  expect(texts).toEqual(['c → d', 'a → b', 'b → c'].map((id) => ({ edge: id })));
});

it('names what costs most before what is merely surer', () => {
  const slower = (p: number, then: number, now: number) => ({
    ...{ changes: [{ kind: 'slower' as const, p }], figures: figures(3, 0, now), before: figures(3, 0, then) },
  });
  const edges = [
    edge('a', 'b', slower(1e-12, 0.01, 0.012)),
    edge('a', 'c', slower(1e-12, 0.01, 0.013)),
    edge('a', 'd', slower(1e-12, 0.01, 0.014)),
    edge('e', 'f', slower(0.001, 0.05, 0.5)),
  ];
  expect(answerMap(shopMap({ edges, baseline })).changes?.[0]?.chosen).toEqual({ edge: 'e → f' });
});

it('says what is different, the gravest first, with both figures', () => {
  const change = (kind: 'new' | 'gone' | 'slower' | 'more_errors', p = 0.001) => ({ changes: [{ kind, p }] });
  const edges = [
    edge('a', 'queue:b', change('new')),
    edge('a', 'c', change('gone')),
    edge('a', 'external:d', { ...change('slower'), figures: figures(3, 0, 1.2), before: figures(3, 0, 0.3) }),
    edge('a', 'e', { ...change('more_errors'), figures: figures(3, 0.1), before: figures(3, 0.01) }),
  ];
  const answer = answerMap(shopMap({ edges, baseline }));
  expect(answer.changes?.map(({ text }) => text)).toEqual([
    'a → e fails more (10 %, was 1 %)',
    'a → d is slower (p95 1.2 s, was 300 ms)',
    'a → b is new',
  ]);
  expect(answer.moreChanges).toBe(1);
  const nodes = [node('cron', change('new')), node('mailer', change('gone'))];
  expect(answerMap(shopMap({ nodes, edges: [], baseline })).changes).toEqual([
    { chosen: { node: 'cron' }, text: 'cron is new' },
    { chosen: { node: 'mailer' }, text: 'mailer is gone' },
  ]);
  expect(answerMap(shopMap({ baseline })).changes).toEqual([]);
  expect(answerMap(shopMap({ edges, baseline: { ...baseline, known: false } })).changes).toBeNull();
});
