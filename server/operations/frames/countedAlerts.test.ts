import { countOverTime } from '../../../src/core/alerts/countOverTime.ts';
import { addMs, epochMs, hours, minutes, type EpochMs } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { readCountedAlerts } from './countedAlerts.ts';
import { saysOf } from './frames.fixture.ts';
import type { FrameCall } from './frameSource.ts';

let engine: TestEngine;
let start: EpochMs;
beforeEach(async () => {
  engine = await createTestEngine();
  start = engine.clock.now();
});
afterEach(() => engine.dispose());

const say = (...said: Parameters<TestEngine['deps']['pipeline']['ingest']>[1]) =>
  engine.deps.pipeline.ingest('default', said);

const call = (rest: Partial<FrameCall> = {}): FrameCall => ({
  ...{ deps: engine.deps, namespace: 'default', role: 'viewer', refId: 'A', from: start, to: engine.clock.now() },
  ...{ step: minutes(1), now: engine.clock.now(), fromAlert: false, signal: new AbortController().signal },
  ...rest,
});

/** Ten alerts, one after the other, each open for a minute and a half; and one that stays. */
async function tenAlerts(apart = minutes(1)): Promise<void> {
  await say(saysOf('stays'));
  for (let n = 0; n < 10; n++) {
    await say(saysOf(`alert ${n}`));
    engine.clock.advance(minutes(0.5));
    await say(saysOf(`alert ${n - 1}`, { status: 'clear' }));
    engine.clock.advance(apart - minutes(0.5));
  }
}

const countAt = async (time: EpochMs, limits?: { alerts: number; lines: number }) => {
  const { changes } = await readCountedAlerts(call(), {}, limits);
  return countOverTime({ times: [time], changes, groupOf: ({ state }) => (state === 'firing' ? 'n' : undefined) }).get(
    'n'
  );
};

it('begins later where more happened than it reads, and is right from then on', async () => {
  await tenAlerts();
  const limits = { alerts: 100, lines: 6 };
  const { since, notices } = await readCountedAlerts(call(), {}, limits);
  expect(since).toBe(start + minutes(7));
  expect(notices.map(({ text }) => text)).toEqual([
    `More happened in this range than is read at once: counted from ${new Date(since).toISOString()} on. Choose a shorter range.`,
  ]);
  for (const time of [since, addMs(since, minutes(0.5)), addMs(since, minutes(1.6)), engine.clock.now()]) {
    expect([time, await countAt(time, limits)]).toEqual([time, await countAt(time)]);
  }
  expect(await countAt(since, limits)).toEqual([3]);
});

it('begins later where more alerts ended than it reads, and is right from then on', async () => {
  await tenAlerts(hours(1));
  const limits = { alerts: 4, lines: 1000 };
  const { since, notices } = await readCountedAlerts(call(), {}, limits);
  // The fourth last end was a little after six hours, and a source may tell of an end an hour late.
  expect(since).toBe(start + hours(6) + minutes(0.5) + hours(1));
  expect(notices).toHaveLength(1);
  for (const time of [since, addMs(since, hours(1.2)), engine.clock.now()]) {
    expect([time, await countAt(time, limits)]).toEqual([time, await countAt(time)]);
  }
});

it('says so when more are open than it reads', async () => {
  await say(saysOf('a'), saysOf('b'), saysOf('c'));
  const { notices } = await readCountedAlerts(call(), {}, { alerts: 2, lines: 100 });
  expect(notices.map(({ text }) => text)).toEqual(['2 alerts or more are open; not all are counted.']);
});

it('reads nothing more once the caller has gone', async () => {
  const gone = AbortSignal.abort(new Error('gone'));
  const spy = jest.spyOn(engine.store.read.history, 'stateLines');
  await expect(readCountedAlerts(call({ signal: gone, from: epochMs(start - 1) }), {})).rejects.toThrow('gone');
  expect(spy).not.toHaveBeenCalled();
});
