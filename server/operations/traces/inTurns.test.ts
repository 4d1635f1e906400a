import { inTurns } from './inTurns.ts';

let now: number;
beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

/** Each thing takes as many milliseconds as it says. */
function work(things: readonly number[], signal: AbortSignal, onThing = (): void => undefined) {
  const done: number[] = [];
  const running = inTurns(things, signal, (thing) => {
    done.push(thing);
    now += thing;
    onThing();
  });
  return { done, running };
}

it('does what takes little at once, and lets others in between what takes long', async () => {
  const { signal } = new AbortController();
  const little = work([1, 2, 3], signal);
  expect(little.done).toEqual([1, 2, 3]);
  const much = work([15, 10, 15], signal);
  expect(much.done).toEqual([15, 10]);
  await much.running;
  expect(much.done).toEqual([15, 10, 15]);
});

it('ends as soon as the caller has gone', async () => {
  const caller = new AbortController();
  const { done, running } = work([30, 30, 30], caller.signal, () => caller.abort(new Error('gone')));
  await expect(running).rejects.toThrow('gone');
  expect(done).toEqual([30]);
});
