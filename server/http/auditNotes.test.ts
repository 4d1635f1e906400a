import { listAudit, verifyAudit } from '../../src/api/access.ts';
import { minutes } from '../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { testClients } from '../testing/testClient.ts';
import { MAX_TOLD_APART, type AuditNote } from './auditNotes.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await createTestEngine();
});
afterEach(() => engine.dispose());

const note = (parts: Partial<AuditNote['entry']> & { kind?: string } = {}): Promise<void> => {
  const { kind = 'forbidden', ...entry } = parts;
  return engine.deps.auditNotes.note({
    ...{ namespace: 'default', kind },
    entry: {
      ...{ at: engine.clock.now(), actor: 'token:1', actorName: 'ci', action: 'createToken', object: '/api/v1/tokens' },
      ...{ outcome: 'refused', before: null, after: { code: 'forbidden' }, requestId: 'r' },
      ...entry,
    },
  });
};

/** What the audit says, the oldest first. */
async function rows(limit = 1000) {
  const { items } = await engine.store.read.audit.list('default', {}, { limit });
  return items.map(({ actor, action, after }) => ({ actor, action, after })).toReversed();
}

const times = async (count: number) => {
  for (let n = 0; n < count; n += 1) {
    await note();
  }
};

const FIRST = { actor: 'token:1', action: 'createToken', after: { code: 'forbidden' } };

it('writes a row for the first, and one each minute that counts those like it', async () => {
  await times(100);
  expect(await rows()).toEqual([FIRST]);
  engine.clock.advance(minutes(1));
  await times(3);
  engine.clock.advance(minutes(1));
  await engine.deps.auditNotes.stop();
  const counts = (await rows()).map(({ after }) => after);
  expect(counts).toEqual([FIRST.after, { code: 'forbidden', times: 99 }, { code: 'forbidden', times: 3 }]);
});

it('writes nothing more after a quiet minute, and begins anew after it', async () => {
  await times(1);
  engine.clock.advance(minutes(1));
  expect(await rows()).toEqual([FIRST]);
  await times(1);
  expect(await rows()).toEqual([FIRST, FIRST]);
});

it('tells apart who did what to what, and what became of it', async () => {
  await note();
  await note({ actor: 'token:2' });
  await note({ action: 'revokeToken' });
  await note({ object: '/api/v1/tokens/{id}' });
  await note({ outcome: 'failed' });
  await note({ kind: 'invalid_input' });
  expect(await rows()).toHaveLength(6);
});

it('adds up numbers, and keeps the last of the words', async () => {
  await note({ after: { accepted: 1, sentence: 'a' } });
  await note({ after: { accepted: 2, sentence: 'b' } });
  await note({ after: { accepted: 40, sentence: 'c' } });
  await engine.deps.auditNotes.stop();
  expect((await rows()).at(-1)?.after).toEqual({ accepted: 42, sentence: 'c', times: 2 });
});

it('no longer says who it was when too many come at once, and still writes one row', async () => {
  for (let n = 0; n < MAX_TOLD_APART + 50; n += 1) {
    await note({ actor: `token:${n}` });
  }
  const all = await rows();
  expect(all).toHaveLength(MAX_TOLD_APART + 1);
  expect(all.at(-1)).toMatchObject({ actor: 'several', action: 'createToken' });
  await note({ actor: 'token:7' });
  await engine.deps.auditNotes.stop();
  const counted = (await rows()).filter(({ after }) => JSON.stringify(after).includes('times'));
  expect(counted).toMatchObject([
    { actor: 'token:7', after: { times: 1 } },
    { actor: 'several', after: { times: 49 } },
  ]);
});

it('does not fail what was noted when the store cannot be written', async () => {
  const write = jest.spyOn(engine.deps.store, 'write').mockRejectedValue(new Error('disk full'));
  await note();
  expect(write).toHaveBeenCalledTimes(1);
  write.mockRestore();
});

it('keeps a caller who asks for the forbidden again and again to a few rows of an audit that holds', async () => {
  const { viewer, admin } = await testClients(engine);
  const token = await engine.token('read');
  for (let n = 0; n < 60; n += 1) {
    const { status } = await engine.request('DELETE', `/api/v1/tokens/guess-${n}`, { token });
    expect(status).toBe(403);
  }
  engine.clock.advance(minutes(1));
  await engine.deps.auditNotes.stop();
  await expect(viewer.call(listAudit, {})).rejects.toMatchObject({ status: 403 });
  expect((await admin.call(listAudit, {})).items).toMatchObject([
    { action: 'revokeToken', outcome: 'refused', after: { code: 'forbidden', times: 59 } },
    { action: 'revokeToken', outcome: 'refused', after: { code: 'forbidden' } },
  ]);
  expect(await admin.call(verifyAudit, {})).toEqual({ ok: true, rows: 2, firstBadSeq: null, against: null });
});
