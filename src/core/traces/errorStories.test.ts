import { drawTrace, exceptionEvent, spanAt, type DrawnSpan } from './drawTrace.fixture.ts';
import { errorStories } from './errorStories.ts';
import type { ErrorStory } from './errorStory.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';

const shop: DrawnSpan = { id: 'root', from: 0, to: 1000, service: 'frontend', name: 'POST /checkout', kind: 'server' };
const call: DrawnSpan = {
  id: 'call',
  parent: 'root',
  from: 100,
  to: 800,
  service: 'frontend',
  name: 'POST',
  kind: 'client',
};
const pay: DrawnSpan = {
  id: 'pay',
  parent: 'call',
  from: 150,
  to: 750,
  service: 'payments',
  name: 'charge',
  kind: 'server',
};
const bank: DrawnSpan = {
  ...{ id: 'bank', parent: 'pay', from: 200, to: 700, service: 'payments', name: 'ask bank', failed: true },
  events: [exceptionEvent('Retried', 'once'), exceptionEvent('CardDeclined', 'card 4711 has no funds', 'at bank.ts:7')],
};
const failed = (span: DrawnSpan, more: Partial<DrawnSpan> = {}): DrawnSpan => ({ ...span, ...more, failed: true });

interface Told extends Pick<ErrorStory, 'end' | 'sentences'> {
  readonly chain: string;
}

function storiesOf(...spans: readonly DrawnSpan[]): Told[] {
  const trace = drawTrace(spans, 1_000_000);
  const names = (span: number): string => spans.find(({ id }) => spanAt(trace, id) === span)?.id ?? '';
  return errorStories(trace).stories.map(({ chain, end, sentences }) => ({
    chain: chain.map(names).join(' → '),
    ...{ end, sentences },
  }));
}

describe('errorStories', () => {
  it('follow a failure from its origin up to what a user sees', () => {
    const [story] = errorStories(drawTrace([failed(shop), failed(call), failed(pay), bank])).stories;
    expect(story).toMatchObject({
      exception: { type: 'CardDeclined', message: 'card 4711 has no funds', stack: 'at bank.ts:7' },
      template: 'card <*> has no funds',
      ...{ visible: 0, stoppedAt: null, retry: null },
    });
    expect(storiesOf(failed(shop), failed(call), failed(pay), bank)).toEqual([
      {
        chain: 'bank → pay → call → root',
        end: 'visible',
        sentences: [
          'payments: ask bank failed at 700 ms: CardDeclined: card 4711 has no funds.',
          'It spread through payments: charge and frontend: POST to frontend: POST /checkout.',
          'A user sees it first in frontend: POST /checkout.',
        ],
      },
    ]);
  });

  it('say who swallowed a failure', () => {
    expect(storiesOf(shop, call, failed(pay), bank)).toEqual([
      {
        chain: 'bank → pay',
        end: 'swallowed',
        sentences: [
          'payments: ask bank failed at 700 ms: CardDeclined: card 4711 has no funds.',
          'It spread to payments: charge.',
          'frontend: POST did not fail: it handled the error or dropped it.',
        ],
      },
    ]);
  });

  it('say that a user sees what reached the first server, whoever called it', () => {
    const load: DrawnSpan = { id: 'load', from: 0, to: 1000, service: 'load', name: 'visit', kind: 'client' };
    const [story] = storiesOf(load, failed(shop, { parent: 'load', from: 1 }), failed(call), failed(pay), bank);
    expect(story).toMatchObject({ chain: 'bank → pay → call → root', end: 'visible' });
    expect(story?.sentences.at(-1)).toBe('A user sees it first in frontend: POST /checkout.');
  });

  it('say that a span in between does not show a failure which shows above it', () => {
    const [story] = storiesOf(failed(shop), call, failed(pay), bank);
    expect(story).toMatchObject({ chain: 'bank → pay', end: 'masked' });
    expect(story?.sentences.at(-1)).toBe(
      'frontend: POST does not say that it failed, but frontend: POST /checkout above it does, perhaps because of this. A user sees that first in frontend: POST /checkout.'
    );
    const [far] = storiesOf({ ...shop, kind: 'internal' }, failed(call), pay, bank);
    expect(far?.sentences.at(-1)).toBe(
      'payments: charge does not say that it failed, but frontend: POST above it does, perhaps because of this. frontend: POST /checkout did not fail: it handled the error or dropped it.'
    );
  });

  const tries = (...outcomes: readonly boolean[]): DrawnSpan[] =>
    outcomes.map((succeeds, i) => ({
      ...{
        id: `try${i}`,
        parent: 'pay',
        from: 200 + i * 100,
        to: 290 + i * 100,
        service: 'payments',
        name: 'ask bank',
      },
      failed: !succeeds,
      statusMessage: succeeds ? '' : `timeout after ${i + 1} ms`,
    }));

  it('count tries of which the last succeeded', () => {
    expect(storiesOf(shop, call, pay, ...tries(false, false, true))).toEqual([
      {
        chain: 'try0',
        end: 'retried',
        sentences: [
          'payments: ask bank failed 2 times, first at 290 ms: timeout after 1 ms.',
          'It was tried 3 times, and the last try succeeded.',
          'payments: charge did not fail.',
        ],
      },
    ]);
  });

  it('count tries that all failed, as one story', () => {
    const told = storiesOf(failed(shop), failed(call), failed(pay), ...tries(false, false, false));
    expect(told).toHaveLength(1);
    expect(told[0]?.sentences.slice(0, 2)).toEqual([
      'payments: ask bank failed 3 times, first at 290 ms: timeout after 1 ms.',
      'It was tried 3 times, and every try failed.',
    ]);
  });

  it('do not take what ran at the same time for tries, nor what failed all the same for made good', () => {
    const both = [0, 1].map((i) => failed(bank, { id: `b${i}`, from: 200 + i, to: 300 + i }));
    expect(storiesOf(shop, call, pay, ...both)[0]?.sentences).toHaveLength(2);
    const [story] = storiesOf(failed(shop), failed(call), failed(pay), ...tries(false, true));
    expect(story).toMatchObject({ chain: 'try0 → pay → call → root', end: 'visible' });
    expect(story?.sentences.join(' ')).not.toContain('tried');
  });

  it('say that nobody waited', () => {
    const told = storiesOf(failed(shop), { ...call, kind: 'producer' }, failed(pay, { kind: 'consumer' }));
    // What failed above it failed by itself.
    expect(told.map(({ chain, end }) => `${chain} ${end}`)).toEqual(['root visible', 'pay not_awaited']);
    expect(told[1]?.sentences.at(-1)).toBe(
      'It spread no further: its parent put a message into a queue and did not wait for the consumer.'
    );
  });

  it('go on where a child outlives its parent by less than its clock can tell', () => {
    const [story] = errorStories(
      drawTrace([failed(shop, { from: 0, to: 1_000_000_000 }), failed(call, { from: 980_000_000, to: 1_000_400_000 })])
    ).stories;
    expect(story).toMatchObject({ chain: [1, 0], end: 'visible', notAwaited: null });
  });

  it('say that the caller is missing', () => {
    const [story] = storiesOf(failed(pay), bank);
    expect(story).toMatchObject({ chain: 'bank → pay', end: 'missing_parent' });
    expect(story?.sentences.at(-1)).toBe(
      'What called payments: charge is missing from the trace, so what became of it is not known.'
    );
  });

  it('tell apart what says something else, and put the gravest first', () => {
    const told = storiesOf(
      failed(shop, { to: 1100 }),
      failed(bank, { id: 'x', parent: 'root', statusMessage: 'no disk', events: [] }),
      failed(bank, { id: 'y', parent: 'root', statusMessage: 'no bank', events: [] }),
      { ...call, id: 'ok' },
      failed(pay, { id: 'z', parent: 'ok', kind: 'internal' })
    );
    expect(told.map(({ chain, end }) => `${chain} ${end}`)).toEqual([
      'x → root visible',
      'y → root visible',
      'z masked',
    ]);
  });

  it('take a status, a type or a code where no exception is recorded, and say so where there is nothing', () => {
    const why = (span: Partial<DrawnSpan>): string =>
      storiesOf({ ...shop, failed: true, ...span })[0]?.sentences[0] ?? '';
    expect([
      why({ statusMessage: 'boom!' }),
      why({ attributes: [['error.type', 'Timeout']] }),
      why({
        attributes: [
          ['error.type', '503'],
          ['http.response.status_code', 503],
        ],
      }),
      why({ attributes: [['rpc.grpc.status_code', 14]] }),
      why({ statusMessage: `<img src=x>\n${'x'.repeat(400)}` }),
      why({}),
    ]).toEqual([
      'frontend: POST /checkout failed at 1 s: boom!',
      'frontend: POST /checkout failed at 1 s: Timeout.',
      'frontend: POST /checkout failed at 1 s: HTTP 503.',
      'frontend: POST /checkout failed at 1 s: gRPC status 14.',
      `frontend: POST /checkout failed at 1 s: <img src=x> ${'x'.repeat(288)}…`,
      'frontend: POST /checkout failed at 1 s and does not say why.',
    ]);
  });

  it('account for every failed span of random trees, once as origin or as part of a chain', () => {
    const draw = createDraw(9);
    for (let round = 0; round < 1000; round += 1) {
      const trace = drawTrace(
        drawTree({ draw, mostSpans: 12, longest: 9 }).map((span) => ({
          ...span,
          failed: draw(2) === 0,
          name: `op${draw(3)}`,
        })),
        1000
      );
      const { stories, more } = errorStories(trace);
      const told = new Set(stories.flatMap(({ chain, origins, alsoFailed }) => [...chain, ...origins, ...alsoFailed]));
      const failures = Array.from({ length: trace.size }, (_, span) => span).filter((span) => trace.status[span] === 2);
      const origins = stories.flatMap((story) => story.origins);
      expect(new Set(origins).size).toBe(origins.length);
      expect(more).toBe(0);
      for (const span of failures) {
        const isBelow = origins.some((origin) => origin >= span && origin < (trace.subtreeEnd[span] ?? 0));
        expect(told.has(span) || isBelow).toBe(true);
      }
    }
  });

  it('tell no more than 200 of many, and go down 100,000 failed spans', () => {
    const many = Array.from({ length: 1000 }, (_, i) => failed(bank, { id: `b${i}`, parent: 'root', name: `n${i}` }));
    const { stories, more } = errorStories(drawTrace([shop, ...many]));
    expect([stories.length, more]).toEqual([200, 800]);
    const size = 100_000;
    const chain = Array.from({ length: size }, (_, i) =>
      failed({ id: `s${i}`, from: i, to: 2 * size - i, ...(i === 0 ? {} : { parent: `s${i - 1}` }) })
    );
    const [story] = errorStories(drawTrace(chain)).stories;
    expect(story?.chain).toHaveLength(size);
    expect(story?.sentences[1]).toBe(
      'It spread through shop: s99998, shop: s99997, shop: s99996 and 99995 more to shop: s0.'
    );
  });
});
