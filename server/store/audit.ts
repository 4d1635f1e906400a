import { chainRow, FIRST_PREV_HASH, follows, fromAuditRow, type ChainHead } from './auditChain.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import type { Session } from './session.ts';
import type { AuditRepository } from './store.ts';

/** Rows read at a time while verifying. */
const VERIFY_STEP = 1000;

export function createAuditRepository(session: Session): AuditRepository {
  return {
    async append(namespace, entry) {
      const db = session.writer('audit.append');
      const row = chainRow(namespace, entry, await lockHead(session, namespace));
      await db.insertInto('audit').values(row).execute();
      await db
        .updateTable('audit_heads')
        .set({ seq: row.seq, hash: row.hash })
        .where('namespace', '=', namespace)
        .execute();
      return fromAuditRow(row);
    },

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
      const head = await readHead(session, namespace);
      let last: ChainHead = { seq: 0, hash: FIRST_PREV_HASH };
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
          const atHead = head.seq === row.seq && head.hash !== row.hash;
          if (!follows(last, row) || atHead) {
            return { ok: false, rows: last.seq, firstBadSeq: last.seq + 1 };
          }
          last = row;
        }
        if (rows.length < VERIFY_STEP) {
          // The head remembers how far the chain went: rows cut off its end are missed too.
          const whole = last.seq >= head.seq;
          return { ok: whole, rows: last.seq, firstBadSeq: whole ? null : last.seq + 1 };
        }
      }
    },
  };
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
