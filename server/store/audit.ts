import { chainRow, FIRST_PREV_HASH, follows, fromAuditRow, type ChainHead } from './auditChain.ts';
import { cutEntry, deleteCut, findCut, moveAnchor, readAnchor, statesCut } from './auditPruning.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import { namespacesOf } from './namespacesOf.ts';
import type { Session } from './session.ts';
import type { AuditEntry, AuditRepository, StoredAuditEntry } from './auditRepository.ts';

/** Rows read at a time while verifying. */
const VERIFY_STEP = 1000;

export function createAuditRepository(session: Session): AuditRepository {
  return {
    append: (namespace, entry) => appendRow(session, namespace, entry),

    async list(namespace, filter, page) {
      const before = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number']);
      let query = session.reader().selectFrom('audit').selectAll().where('namespace', '=', namespace);
      query = filter.actor === undefined ? query : query.where('actor', '=', filter.actor);
      query = filter.action === undefined ? query : query.where('action', '=', filter.action);
      query = before === undefined ? query : query.where('seq', '<', before[0]);
      const rows = await query.orderBy('seq', 'desc').limit(rowsToRead(page)).execute();
      return toPage(rows, page, { item: fromAuditRow, key: (row) => [row.seq] });
    },

    async verify(namespace) {
      for (;;) {
        const anchor = await readAnchor(session, namespace);
        const verdict = await verifyFrom(session, namespace, anchor);
        // Rows that are pruned while they are read leave a gap that is none.
        if (verdict.ok || (await readAnchor(session, namespace))?.seq === anchor?.seq) {
          return verdict;
        }
      }
    },

    async cut(namespace, { before, now }) {
      session.writer('audit.cut');
      const cut = await findCut(session, namespace, before);
      if (cut === undefined) {
        return false;
      }
      await appendRow(session, namespace, cutEntry(cut, { now, before }));
      await moveAnchor(session, namespace, cut);
      return true;
    },

    head: (namespace) => readHead(session, namespace),
    hashAt: (namespace, seq) => hashAt(session, namespace, seq),
    namespaces: () => namespacesOf(session.reader(), 'audit'),
    prune: (limit) => deleteCut(session, limit),
  };
}

async function appendRow(session: Session, namespace: string, entry: AuditEntry): Promise<StoredAuditEntry> {
  const db = session.writer('audit.append');
  const row = chainRow(namespace, entry, await lockHead(session, namespace));
  await db.insertInto('audit').values(row).execute();
  await db
    .updateTable('audit_heads')
    .set({ seq: row.seq, hash: row.hash })
    .where('namespace', '=', namespace)
    .execute();
  return fromAuditRow(row);
}

async function hashAt(session: Session, namespace: string, seq: number): Promise<string | null | undefined> {
  const row = await session
    .reader()
    .selectFrom('audit')
    .select('hash')
    .where('namespace', '=', namespace)
    .where('seq', '=', seq)
    .executeTakeFirst();
  // Looked up second: what is pruned between the two is told as such.
  const cut = row === undefined ? await readAnchor(session, namespace) : undefined;
  return row?.hash ?? (cut !== undefined && seq <= cut.seq ? null : undefined);
}

type Verdict = Awaited<ReturnType<AuditRepository['verify']>>;

const isOtherThan = (head: ChainHead, row: ChainHead): boolean => head.seq === row.seq && head.hash !== row.hash;

const UNCUT: ChainHead = { seq: 0, hash: FIRST_PREV_HASH };

async function verifyFrom(session: Session, namespace: string, anchor: ChainHead = UNCUT): Promise<Verdict> {
  const head = await readHead(session, namespace);
  const bad = (seq: number): Verdict => ({ ok: false, rows: Math.max(0, seq - 1 - anchor.seq), firstBadSeq: seq });
  const good = (seq: number): Verdict => ({ ok: true, rows: seq - anchor.seq, firstBadSeq: null });
  let last = anchor;
  let cutIsStated = anchor.seq === 0;
  for (;;) {
    const rows = await session
      .reader()
      .selectFrom('audit')
      .selectAll()
      .where('namespace', '=', namespace)
      .where('seq', '>', last.seq)
      .orderBy('seq')
      .limit(VERIFY_STEP)
      .execute();
    for (const row of rows) {
      if (!follows(last, row) || isOtherThan(head, row)) {
        return bad(last.seq + 1);
      }
      last = row;
      cutIsStated ||= statesCut(row, anchor);
    }
    if (rows.length < VERIFY_STEP) {
      // The head remembers how far the chain went: rows cut off its end are missed too.
      return last.seq < head.seq ? bad(last.seq + 1) : cutIsStated ? good(last.seq) : bad(anchor.seq);
    }
  }
}

/** The end of the chain, kept from other engines until this transaction ends. */
async function lockHead(session: Session, namespace: string): Promise<ChainHead> {
  const db = session.writer('audit.append');
  const read = () =>
    db
      .selectFrom('audit_heads')
      .select(['seq', 'hash'])
      .where('namespace', '=', namespace)
      .$if(session.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
  const head = await read();
  if (head !== undefined) {
    return head;
  }
  const first = { namespace, seq: 0, hash: FIRST_PREV_HASH };
  await db
    .insertInto('audit_heads')
    .values(first)
    .onConflict((conflict) => conflict.column('namespace').doNothing())
    .execute();
  return (await read()) ?? first;
}

const readHead = async (session: Session, namespace: string): Promise<ChainHead> =>
  (await session
    .reader()
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('namespace', '=', namespace)
    .executeTakeFirst()) ?? { seq: 0, hash: FIRST_PREV_HASH };
