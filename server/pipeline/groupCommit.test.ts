import { observationOf } from '../../src/core/alerts/alert.fixture.ts';
import { createGroupCommit, type GroupCommit, type Parcel } from './groupCommit.ts';

const observations = (count: number) => Array.from({ length: count }, () => observationOf());
const of = (sender: string, count: number): Parcel => ({
  ...{ namespace: 'default', observations: observations(count), request: { sender } },
});
const own = (count: number): Parcel => ({ namespace: 'default', observations: observations(count) });
const nameOf = ({ request }: Parcel): string => request?.sender ?? 'own';

let commits: string[][];
/** Lets the commit that runs end. */
let end: () => void;
let group: GroupCommit;

beforeEach(() => {
  commits = [];
  group = createGroupCommit(async (parcels) => {
    commits.push(parcels.map(nameOf));
    await new Promise<void>((resolve) => (end = resolve));
    return new Set(parcels);
  });
});

/** Until so many commits have begun, each of which ends the one before. */
async function untilCommits(count: number): Promise<void> {
  const deadline = Date.now() + 5000;
  while (commits.length < count) {
    if (Date.now() > deadline) {
      throw new Error('waited 5 s in vain');
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (commits.length < count) {
      end();
    }
  }
}

const answerOf = (parcel: Parcel): Promise<unknown> =>
  group.add(parcel).catch((error: unknown) => (error instanceof Error ? error.message : ''));

describe('a sender', () => {
  it('has at most its share of the queue, and others still have theirs', async () => {
    const taken = [group.add(of('wild', 3500)), group.add(of('wild', 500))];
    expect(await answerOf(of('wild', 1))).toBe(
      '4000 observations of this sender wait to be stored: nothing of this was taken, send it again.'
    );
    taken.push(group.add(of('calm', 4000)), group.add(of('third', 2000)));
    expect(await answerOf(of('fourth', 1))).toContain('10000 observations wait to be stored');
    expect(group.waiting()).toBe(10_000);
    await untilCommits(3);
    end();
    await taken[0];
    taken.push(group.add(of('wild', 1000)));
    await untilCommits(5);
    end();
    expect(await Promise.all(taken)).toEqual([true, true, true, true, true]);
    expect(group.waiting()).toBe(0);
  });

  it('hands in more than its share when nothing of it waits', async () => {
    const taken = [group.add(of('calm', 1)), group.add(of('large', 5000))];
    expect(await answerOf(of('large', 1))).toContain('5000 observations of this sender');
    await untilCommits(2);
    end();
    expect(await Promise.all(taken)).toEqual([true, true]);
  });
});

describe('the engine’s own observations', () => {
  it('find room in a full queue, and go before what senders handed in', async () => {
    const taken = Array.from({ length: 10 }, (_, n) => group.add(of(`sender ${n}`, 1000)));
    taken.push(group.add(own(600)), group.add(own(400)));
    expect(group.waiting()).toBe(11_000);
    await untilCommits(3);
    expect(commits).toEqual([['own', 'own'], ['sender 0'], ['sender 1']]);
    await untilCommits(11);
    end();
    await Promise.all(taken);
  });

  it('leave senders the room that these have', async () => {
    const taken = [group.add(own(20_000)), group.add(of('sender', 1000))];
    await untilCommits(2);
    end();
    expect(await Promise.all(taken)).toEqual([true, true]);
  });
});

it('commits what one sender hands in in its order', async () => {
  const first = group.add(of('a 1', 600));
  const taken = [first, group.add(of('a 2', 600)), group.add(of('a 3', 400))];
  await untilCommits(2);
  end();
  await Promise.all(taken);
  expect(commits).toEqual([['a 1'], ['a 2', 'a 3']]);
});
