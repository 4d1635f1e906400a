import { createTestClock } from '../../testing/testClock.ts';
import { wait } from './wait.ts';

it('lets time pass', async () => {
  const clock = createTestClock();
  const waited = wait(clock, 1000, new AbortController().signal);
  clock.advance(1000);
  await expect(waited).resolves.toBeUndefined();
});

it('ends when the caller goes', async () => {
  const caller = new AbortController();
  const waited = wait(createTestClock(), 1000, caller.signal);
  caller.abort(new Error('gone'));
  await expect(waited).rejects.toThrow('gone');
});

it('does not begin for a caller who has gone', async () => {
  await expect(wait(createTestClock(), 1000, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
