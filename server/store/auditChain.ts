import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../src/core/json.ts';
import { fromJson } from './codecs.ts';
import type { AuditRow } from './schema.ts';
import type { AuditEntry, StoredAuditEntry } from './auditRepository.ts';
import { storableText } from './text.ts';

/** What the first row of a chain names as its predecessor. */
export const FIRST_PREV_HASH = '0'.repeat(64);

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** SHA-256, hex, over the hash before and the canonical JSON of everything that the row states. */
function hashOf(prevHash: string, seq: number, row: Omit<AuditRow, 'seq' | 'prev_hash' | 'hash'>): string {
  const stated = canonicalJson({
    seq,
    at: row.at,
    namespace: row.namespace,
    actor: row.actor,
    actorName: row.actor_name,
    action: row.action,
    object: row.object,
    outcome: row.outcome,
    before: fromJson<Json>(row.before),
    after: fromJson<Json>(row.after),
    requestId: row.request_id,
  });
  return createHash('sha256').update(prevHash).update(stated).digest('hex');
}

/** The row after `head`. Its text is hashed as the database will give it back, else verification would fail on odd characters. */
export function chainRow(namespace: string, entry: AuditEntry, head: ChainHead): AuditRow {
  const stated = {
    namespace,
    at: entry.at,
    actor: storableText(entry.actor),
    actor_name: storableText(entry.actorName),
    action: storableText(entry.action),
    object: storableText(entry.object),
    outcome: entry.outcome,
    before: JSON.stringify(entry.before),
    after: JSON.stringify(entry.after),
    request_id: storableText(entry.requestId),
  };
  const seq = head.seq + 1;
  return { ...stated, seq, prev_hash: head.hash, hash: hashOf(head.hash, seq, stated) };
}

/** Whether the row is the one that was appended after `head`. */
export function follows(head: ChainHead, row: AuditRow): boolean {
  try {
    return row.seq === head.seq + 1 && row.prev_hash === head.hash && row.hash === hashOf(head.hash, row.seq, row);
  } catch {
    // `before` or `after` is no longer JSON: somebody wrote into it.
    return false;
  }
}

export const fromAuditRow = (row: AuditRow): StoredAuditEntry => ({
  seq: row.seq,
  at: row.at,
  actor: row.actor,
  actorName: row.actor_name,
  action: row.action,
  object: row.object,
  outcome: row.outcome,
  before: fromJson<Json>(row.before),
  after: fromJson<Json>(row.after),
  requestId: row.request_id,
  prevHash: row.prev_hash,
  hash: row.hash,
});
