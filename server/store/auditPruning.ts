import type { EpochMs } from '../../src/core/units.ts';
import type { ChainHead } from './auditChain.ts';
import { namespacesOf } from './namespacesOf.ts';
import type { AuditRow } from './schema.ts';
import type { Session } from './session.ts';
import type { AuditEntry } from './auditRepository.ts';

/** Rows that one cut gives up at most: finding its end reads them all. */
const ROWS_PER_CUT = 20_000;

/** What the row is called that a cut appends; no operation has this name, so nobody else can append one. */
const CUT_ACTION = 'pruneAudit';

/** Where the chain begins by now: undefined when it was never cut. */
export const readAnchor = (session: Session, namespace: string): Promise<ChainHead | undefined> =>
  session
    .reader()
    .selectFrom('audit_anchors')
    .select(['seq', 'hash'])
    .where('namespace', '=', namespace)
    .executeTakeFirst();

/** The last row to give up: rows older than `before`, up to the first that is not. */
export async function findCut(session: Session, namespace: string, before: EpochMs): Promise<ChainHead | undefined> {
  const from = (await readAnchor(session, namespace))?.seq ?? 0;
  const rows = () =>
    session
      .reader()
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .where('namespace', '=', namespace)
      .where('seq', '>', from);
  const young = await rows()
    .where('at', '>=', before)
    .where('seq', '<=', from + ROWS_PER_CUT)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  const last = young === undefined ? from + ROWS_PER_CUT : young.seq - 1;
  return rows().where('seq', '<=', last).orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

export async function moveAnchor(session: Session, namespace: string, { seq, hash }: ChainHead): Promise<void> {
  await session
    .writer('audit.cut')
    .insertInto('audit_anchors')
    .values({ namespace, seq, hash })
    .onConflict((conflict) => conflict.column('namespace').doUpdateSet({ seq, hash }))
    .execute();
}

/** The row by which the chain itself says where it was cut. */
export const cutEntry = (cut: ChainHead, { now, before }: { now: EpochMs; before: EpochMs }): AuditEntry => ({
  ...{ at: now, actor: 'engine', actorName: 'retention', action: CUT_ACTION, object: 'audit', outcome: 'done' },
  ...{ before: null, requestId: '' },
  after: { upTo: cut.seq, hash: cut.hash, olderThan: new Date(before).toISOString() },
});

/** Whether a row states this cut: somebody who moves the anchor by hand has no such row. */
export function statesCut(row: AuditRow, { seq, hash }: ChainHead): boolean {
  return (
    row.action === CUT_ACTION &&
    row.actor === 'engine' &&
    row.after.includes(`"upTo":${seq},`) &&
    row.after.includes(`"hash":"${hash}"`)
  );
}

export async function deleteCut(session: Session, limit: number): Promise<number> {
  const db = session.writer('audit.prune');
  let deleted = 0;
  for (const namespace of await namespacesOf(db, 'audit')) {
    const anchor = await readAnchor(session, namespace);
    const old = db
      .selectFrom('audit')
      .select('seq')
      .where('namespace', '=', namespace)
      .where('seq', '<=', anchor?.seq ?? 0)
      .orderBy('seq')
      .limit(Math.max(0, limit - deleted));
    const { numDeletedRows } = await db
      .deleteFrom('audit')
      .where('namespace', '=', namespace)
      .where('seq', 'in', old)
      .executeTakeFirst();
    deleted += Number(numDeletedRows);
  }
  return deleted;
}
