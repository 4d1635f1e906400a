import { durationMs } from '../../src/core/units.ts';
import type { LeaseHolder } from './lease.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';

const ONE: LeaseHolder = { id: '1', engine: 'one' };
const TWO: LeaseHolder = { id: '2', engine: 'two' };
const LONG = durationMs(60_000);
const OVER_AT_ONCE = durationMs(0);

describe.each(DATABASES)('leases on $name', (database) => {
  const opened = openForTests(database);
  const take = (name: string, holder: LeaseHolder, lasts = LONG) =>
    opened().store.write((tx) => tx.leases.take(name, holder, lasts));
  const release = (name: string, holder: LeaseHolder) => opened().store.write((tx) => tx.leases.release(name, holder));

  it('belong to whoever came first, for as long as it renews them', async () => {
    const name = freshNamespace();
    expect(await take(name, ONE)).toEqual(ONE);
    expect(await take(name, TWO)).toEqual(ONE);
    expect(await take(name, ONE)).toEqual(ONE);
    expect(await take(freshNamespace(), TWO)).toEqual(TWO);
  });

  it('go to another when their time is over', async () => {
    const name = freshNamespace();
    expect(await take(name, ONE, OVER_AT_ONCE)).toEqual(ONE);
    expect(await take(name, TWO)).toEqual(TWO);
    expect(await take(name, ONE)).toEqual(TWO);
  });

  it('are renewed for the whole time from then on', async () => {
    const name = freshNamespace();
    await take(name, ONE, OVER_AT_ONCE);
    expect(await take(name, ONE)).toEqual(ONE);
    expect(await take(name, TWO)).toEqual(ONE);
  });

  it('can be given up, by their holder only', async () => {
    const name = freshNamespace();
    await take(name, ONE);
    await release(name, TWO);
    expect(await take(name, TWO)).toEqual(ONE);
    await release(name, ONE);
    expect(await take(name, TWO)).toEqual(TWO);
  });

  it('go to one of several that ask at the same time', async () => {
    const name = freshNamespace();
    const holders = Array.from({ length: 6 }, (_, n): LeaseHolder => ({ id: String(n), engine: `engine ${n}` }));
    const answers = await Promise.all(holders.map((holder) => take(name, holder)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });
});
