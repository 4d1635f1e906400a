import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson } from '../../src/core/json.ts';
import type { AuditEntry } from './auditRepository.ts';
import type { Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAudit } from './testing/samples.ts';

const ZEROS = '0'.repeat(64);

async function append(store: Store, namespace: string, entries: ReadonlyArray<Partial<AuditEntry>>) {
  return store.write(async (tx) => {
    const stored = [];
    for (const entry of entries) {
      stored.push(await tx.audit.append(namespace, sampleAudit(entry)));
    }
    return stored;
  });
}

describe.each(DATABASES)('audit on $name', (database) => {
  const opened = openForTests(database);

  /** What somebody with the database's password does to get past the triggers. */
  async function tamper(statement: string): Promise<void> {
    const { database: raw, store } = opened();
    const [off, on] =
      store.kind === 'sqlite'
        ? [
            'drop trigger audit_no_update; drop trigger audit_no_delete;',
            `create trigger audit_no_update before update on audit begin select raise(abort, 'audit rows are only ever added'); end;
             create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit rows are only ever added'); end;`,
          ]
        : ['alter table audit disable trigger user;', 'alter table audit enable trigger user;'];
    await raw.execute(`${off} ${statement}; ${on}`);
  }

  it('chains each row onto the one before by a hash over what it states', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const [first, second] = await append(store, namespace, [
      {},
      { action: 'route.update', before: null, at: after(1) },
    ]);
    expect(first).toMatchObject({ ...sampleAudit(), seq: 1, prevHash: ZEROS });
    expect(second).toMatchObject({ seq: 2, prevHash: first?.hash });
    const stated = canonicalJson({ ...sampleAudit(), seq: 1, namespace });
    expect(first?.hash).toBe(
      createHash('sha256')
        .update(ZEROS + stated)
        .digest('hex')
    );
    const { items } = await store.read.audit.list(namespace, {}, { limit: 10 });
    expect(items).toEqual([second, first]);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 2, firstBadSeq: null });
  });

  it('verifies an empty chain, and one longer than a read', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 0, firstBadSeq: null });
    await append(
      store,
      namespace,
      Array.from({ length: 1001 }, (_, i) => ({ object: `o${i}` }))
    );
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 1001, firstBadSeq: null });
  });

  it('stays whole over text and values that databases and JSON change', async () => {
    const { store } = opened();
    const property = fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.jsonValue(),
      fc.constantFrom('\0', '\uD800', 'ü', ''),
      async (text, value, odd) => {
        const namespace = freshNamespace();
        const [stored] = await append(store, namespace, [
          {
            actorName: text + odd,
            object: odd,
            before: JSON.parse(JSON.stringify(value)),
            after: { [odd]: text + odd },
          },
        ]);
        expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 1, firstBadSeq: null });
        expect((await store.read.audit.list(namespace, {}, { limit: 1 })).items).toEqual([stored]);
      }
    );
    await fc.assert(property, { numRuns: 30 });
  });

  it('filters by actor and action, by pages', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [{ actor: 'a' }, { actor: 'b' }, { actor: 'a', action: 'x' }, { actor: 'a' }]);
    const first = await store.read.audit.list(namespace, { actor: 'a' }, { limit: 2 });
    expect(first.items.map(({ seq }) => seq)).toEqual([4, 3]);
    const rest = await store.read.audit.list(namespace, { actor: 'a' }, { limit: 2, cursor: first.next ?? '' });
    expect(rest.items.map(({ seq }) => seq)).toEqual([1]);
    expect(rest.next).toBeNull();
    const byAction = await store.read.audit.list(namespace, { action: 'x' }, { limit: 2 });
    expect(byAction.items.map(({ seq }) => seq)).toEqual([3]);
  });

  it.each(['update audit set actor = actor', 'delete from audit'])(
    'refuses "%s" in the database',
    async (statement) => {
      const { store, database: raw } = opened();
      await append(store, freshNamespace(), [{}]);
      await expect(raw.execute(statement)).rejects.toThrow('audit rows are only ever added');
    }
  );

  it('names the first row that was changed, taken out or put in', async () => {
    const { store } = opened();
    const columns = ['at = at + 1', `actor = 'eve'`, `outcome = 'failed'`, `before = '{}'`, `after = 'no json'`];
    const where = (namespace: string, seq: number) => `namespace = '${namespace}' and seq = ${seq}`;
    const change = (set: string) => (namespace: string, seq: number) =>
      `update audit set ${set} where ${where(namespace, seq)}`;
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.nat(),
      fc.constantFrom(
        ...columns.map(change),
        change(`hash = '${ZEROS}'`),
        change(`prev_hash = 'none'`),
        (namespace: string, seq: number) => `delete from audit where ${where(namespace, seq)}`
      ),
      async (length, pick, statement) => {
        const namespace = freshNamespace();
        await append(
          store,
          namespace,
          Array.from({ length }, (_, i) => ({ object: `o${i}` }))
        );
        const bad = 1 + (pick % length);
        await tamper(statement(namespace, bad));
        expect(await store.read.audit.verify(namespace)).toEqual({ ok: false, rows: bad - 1, firstBadSeq: bad });
      }
    );
    await fc.assert(property, { numRuns: 25 });
  });

  it('notices rows that were cut off the end', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [{}, {}, {}]);
    await tamper(`delete from audit where namespace = '${namespace}' and seq > 1`);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: false, rows: 1, firstBadSeq: 2 });
  });

  it('has no gap when a transaction fails', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [{}]);
    const failed = store.write(async (tx) => {
      await tx.audit.append(namespace, sampleAudit());
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    const [next] = await append(store, namespace, [{}]);
    expect(next?.seq).toBe(2);
    expect(await store.read.audit.verify(namespace)).toMatchObject({ ok: true, rows: 2 });
  });

  it('keeps one chain under many writers at once', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await Promise.all(Array.from({ length: 12 }, (_, i) => append(store, namespace, [{ object: `o${i}` }])));
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 12, firstBadSeq: null });
  });
});
