import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleLink, sampleSession, sampleToken, START } from './testing/samples.ts';

describe.each(DATABASES)('tokens on $name', (database) => {
  const opened = openForTests(database);

  it('finds by hash over all namespaces, unless revoked', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const token = sampleToken({ namespace, hash: `${namespace} hash` });
    await store.write((tx) => tx.tokens.save(token));
    expect(await store.read.tokens.findByHash(token.hash)).toEqual(token);
    await store.write((tx) => tx.tokens.touch(token.hash, after(60_000)));
    expect(await store.read.tokens.findByHash(token.hash)).toEqual({ ...token, lastUsedAt: after(60_000) });
    await store.write((tx) => tx.tokens.save({ ...token, revokedAt: after(1) }));
    expect(await store.read.tokens.findByHash(token.hash)).toBeUndefined();
    expect(await store.read.tokens.list(namespace)).toEqual([{ ...token, revokedAt: after(1) }]);
  });

  it('holds a hash once', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const token = sampleToken({ namespace, hash: `${namespace} hash` });
    await store.write((tx) => tx.tokens.save(token));
    await expect(store.write((tx) => tx.tokens.save({ ...token, id: 'copy' }))).rejects.toThrow(/unique/i);
  });
});

describe.each(DATABASES)('sessions on $name', (database) => {
  const opened = openForTests(database);

  it('saves, finds, lists what has not ended, and deletes', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const session = sampleSession({ namespace, hash: `${namespace} a` });
    const ended = sampleSession({ namespace, id: 'ended', hash: `${namespace} b`, expiresAt: after(-1) });
    const seen = { ...session, lastSeenAt: after(5) };
    await store.write(async (tx) => {
      await tx.sessions.save(session);
      await tx.sessions.save(ended);
      await tx.sessions.save(seen);
    });
    expect(await store.read.sessions.findByHash(session.hash)).toEqual(seen);
    expect(await store.read.sessions.list(namespace, START)).toEqual([seen]);
    expect(await store.write((tx) => tx.sessions.delete(namespace, session.id))).toBe(true);
    expect(await store.write((tx) => tx.sessions.delete(namespace, session.id))).toBe(false);
    expect(await store.read.sessions.findByHash(session.hash)).toBeUndefined();
  });

  it('gives a login link out once', async () => {
    const { store } = opened();
    const link = sampleLink({ namespace: freshNamespace(), hash: 'once', expiresAt: after(10) });
    const consume = () => store.write((tx) => tx.sessions.consumeLink('once'));
    await store.write((tx) => tx.sessions.saveLink(link));
    expect(await consume()).toEqual(link);
    expect(await consume()).toBeUndefined();
  });

  it('gives a link to one of many who use it at once', async () => {
    const { store } = opened();
    await store.write((tx) => tx.sessions.saveLink(sampleLink({ hash: 'raced' })));
    const got = await Promise.all(
      Array.from({ length: 8 }, () => store.write((tx) => tx.sessions.consumeLink('raced')))
    );
    expect(got.filter((link) => link !== undefined)).toHaveLength(1);
  });

  it('prunes sessions and links past their end', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const hash = (name: string) => `${namespace} ${name}`;
    await store.write(async (tx) => {
      await tx.sessions.save(sampleSession({ namespace, id: '1', hash: hash('old'), expiresAt: after(1) }));
      await tx.sessions.save(sampleSession({ namespace, id: '2', hash: hash('new'), expiresAt: after(2) }));
      await tx.sessions.saveLink(sampleLink({ namespace, hash: hash('old link'), expiresAt: after(1) }));
      await tx.sessions.prune(after(1));
    });
    expect(await store.read.sessions.findByHash(hash('old'))).toBeUndefined();
    expect(await store.read.sessions.findByHash(hash('new'))).toBeDefined();
    expect(await store.write((tx) => tx.sessions.consumeLink(hash('old link')))).toBeUndefined();
  });
});
