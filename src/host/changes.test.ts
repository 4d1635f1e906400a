import { ApiError } from '../api/apiError.ts';
import type { ChangeTopic } from '../api/system.ts';
import { createChangeFeed, sharedChangeFeed, type ChangeEvent, type Changes } from './changes.ts';

const changes = (cursor: string, ...topics: ChangeTopic[]): Changes => ({ cursor, topics, ids: [] });
const failed = (status: number) => new ApiError({ code: 'unavailable', status, message: `status ${status}` });

interface Poll {
  readonly since: string | undefined;
  readonly signal: AbortSignal;
  readonly answer: (changes: Changes) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Lets everything that already may run do so: the feed's steps are all microtasks here. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

/** A document, a clock that moves only when told, and a transport whose polls are answered by hand. */
function world() {
  const polls: Poll[] = [];
  const sleeps: number[] = [];
  const events: ChangeEvent[] = [];
  let now = 0;
  let visible = true;
  let onVisibility: () => void = () => undefined;
  let wake: Array<() => void> = [];

  const feed = createChangeFeed({
    poll: (since, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        polls.push({
          since,
          signal,
          answer: (value) => (resolve(value), settle()),
          fail: (error) => (reject(error), settle()),
        });
      }),
    isVisible: () => visible,
    onVisibilityChange: (listener) => (onVisibility = listener),
    now: () => now,
    random: () => 0.5,
    sleep: (ms, signal) => {
      sleeps.push(ms);
      return new Promise((resolve, reject) => {
        wake.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  });

  return {
    feed,
    polls,
    sleeps,
    events,
    listen: () => feed.subscribe((event) => events.push(event)),
    show: (value: boolean) => {
      visible = value;
      onVisibility();
      return settle();
    },
    pass: (ms: number) => {
      now += ms;
    },
    wakeUp: () => {
      wake.forEach((resolve) => resolve());
      wake = [];
      return settle();
    },
    last: () => polls[polls.length - 1] ?? Promise.reject(new Error('no poll')),
  };
}

const at = (polls: readonly Poll[], index: number): Poll => {
  const poll = polls[index];
  if (poll === undefined) {
    throw new Error(`expected poll ${index}, there are ${polls.length}`);
  }
  return poll;
};

describe('createChangeFeed', () => {
  it('polls only while somebody listens, once for all of them', async () => {
    const { listen, polls } = world();
    expect(polls).toHaveLength(0);
    const endFirst = listen();
    const endSecond = listen();
    expect(polls).toHaveLength(1);
    endFirst();
    expect(at(polls, 0).signal.aborted).toBe(false);
    endSecond();
    expect(at(polls, 0).signal.aborted).toBe(true);
  });

  it('asks on from the cursor it was given, and tells what changed', async () => {
    const { listen, polls, events, wakeUp } = world();
    listen();
    expect(at(polls, 0).since).toBeUndefined();
    await at(polls, 0).answer(changes('c1'));
    expect(events).toEqual([{ kind: 'contact' }]);
    await wakeUp();
    expect(at(polls, 1).since).toBe('c1');
    await at(polls, 1).answer(changes('c2', 'alerts', 'silences'));
    expect(events.slice(1)).toEqual([{ kind: 'contact' }, { kind: 'changed', topics: ['alerts', 'silences'] }]);
  });

  it('leaves a second between polls that are answered at once, and none after a long one', async () => {
    const { listen, polls, sleeps, pass, wakeUp } = world();
    listen();
    pass(200);
    await at(polls, 0).answer(changes('c1'));
    expect(sleeps).toEqual([800]);
    await wakeUp();
    pass(25_000);
    await at(polls, 1).answer(changes('c1'));
    expect(sleeps).toEqual([800, 0]);
  });

  it('polls nothing while the document is hidden, and goes on from the same cursor after', async () => {
    const { listen, polls, show, wakeUp, events } = world();
    listen();
    await at(polls, 0).answer(changes('c1'));
    await wakeUp();
    await show(false);
    expect(at(polls, 1).signal.aborted).toBe(true);
    expect(polls).toHaveLength(2);
    await show(true);
    expect(at(polls, 2).since).toBe('c1');
    expect(events.some((event) => event.kind === 'lost')).toBe(false);
  });

  it('does not begin in a hidden document', async () => {
    const { listen, polls, show } = world();
    await show(false);
    listen();
    expect(polls).toHaveLength(0);
    await show(true);
    expect(polls).toHaveLength(1);
  });

  it('backs off from 1 to 30 seconds with jitter, and starts anew after an answer', async () => {
    const { listen, polls, sleeps, wakeUp, events } = world();
    listen();
    for (let i = 0; i < 7; i++) {
      await at(polls, i).fail(failed(503));
      await wakeUp();
    }
    expect(sleeps).toEqual([1500, 2500, 4500, 8500, 15_500, 15_500, 15_500]);
    expect(events[0]).toEqual({ kind: 'lost', reason: 'status 503' });
    await at(polls, 7).answer(changes('c1'));
    await wakeUp();
    await at(polls, 8).fail(failed(503));
    expect(sleeps[sleeps.length - 1]).toBe(1500);
  });

  it('comes again no sooner than the engine asks for', async () => {
    const { listen, polls, sleeps, wakeUp } = world();
    const busy = new ApiError({ code: 'overloaded', status: 429, message: 'too many polls', retryAfter: 5 });
    listen();
    for (let i = 0; i < 4; i++) {
      await at(polls, i).fail(busy);
      await wakeUp();
    }
    expect(sleeps).toEqual([5000, 5000, 5000, 8500]);
  });

  it('calls for a full reload when its cursor has expired, and asks at once for a new one', async () => {
    const { listen, polls, events, wakeUp, sleeps } = world();
    listen();
    await at(polls, 0).answer(changes('c1'));
    await wakeUp();
    await at(polls, 1).fail(failed(410));
    expect(events).toContainEqual({ kind: 'reload' });
    expect(at(polls, 2).since).toBeUndefined();
    expect(sleeps).toHaveLength(1);
  });

  it('backs off when even a poll without cursor is called expired', async () => {
    const { listen, polls, sleeps } = world();
    listen();
    await at(polls, 0).fail(failed(410));
    expect(sleeps).toEqual([1500]);
    expect(polls).toHaveLength(1);
  });
});

describe('sharedChangeFeed', () => {
  it('is made once for the document and an engine', () => {
    const make = jest.fn(() => world().feed);
    const first = sharedChangeFeed('a', make);
    expect(sharedChangeFeed('a', make)).toBe(first);
    expect(make).toHaveBeenCalledTimes(1);
    expect(sharedChangeFeed('b', make)).not.toBe(first);
    expect(Reflect.get(globalThis, Symbol.for('pharos.changes'))).toBeInstanceOf(Map);
  });
});
