import type { LoginLinkRow, SessionRow } from './schema.ts';
import type { Session } from './session.ts';
import type { SessionRepository, StoredLoginLink, StoredSession } from './store.ts';

export function createSessionRepository(session: Session): SessionRepository {
  const all = () => session.reader().selectFrom('sessions').selectAll();
  return {
    async list(namespace, now) {
      const rows = await all()
        .where('namespace', '=', namespace)
        .where('expires_at', '>', now)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    async findByHash(hash) {
      const row = await all().where('hash', '=', hash).executeTakeFirst();
      return row && fromRow(row);
    },

    async save(stored) {
      const row = toRow(stored);
      await session
        .writer('sessions.save')
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
        .execute();
    },

    async delete(namespace, id) {
      const { numDeletedRows } = await session
        .writer('sessions.delete')
        .deleteFrom('sessions')
        .where('namespace', '=', namespace)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async saveLink(link) {
      await session.writer('sessions.saveLink').insertInto('login_links').values(toLinkRow(link)).execute();
    },

    async findById(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    async consumeLink(hash) {
      const taken = await session
        .writer('sessions.consumeLink')
        .deleteFrom('login_links')
        .where('hash', '=', hash)
        .returningAll()
        .executeTakeFirst();
      return taken && fromLinkRow(taken);
    },

    async prune(now) {
      const db = session.writer('sessions.prune');
      await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
      await db.deleteFrom('login_links').where('expires_at', '<=', now).execute();
    },
  };
}

const toRow = (stored: StoredSession): SessionRow => ({
  namespace: stored.namespace,
  id: stored.id,
  hash: stored.hash,
  name: stored.name,
  role: stored.role,
  user_agent: stored.userAgent,
  created_at: stored.createdAt,
  last_seen_at: stored.lastSeenAt,
  expires_at: stored.expiresAt,
});

const fromRow = (row: SessionRow): StoredSession => ({
  namespace: row.namespace,
  id: row.id,
  hash: row.hash,
  name: row.name,
  role: row.role,
  userAgent: row.user_agent,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  expiresAt: row.expires_at,
});

const toLinkRow = (link: StoredLoginLink): LoginLinkRow => ({
  namespace: link.namespace,
  hash: link.hash,
  name: link.name,
  role: link.role,
  expires_at: link.expiresAt,
});

const fromLinkRow = (row: LoginLinkRow): StoredLoginLink => ({
  namespace: row.namespace,
  hash: row.hash,
  name: row.name,
  role: row.role,
  expiresAt: row.expires_at,
});
