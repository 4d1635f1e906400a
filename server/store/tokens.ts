import type { TokenRow } from './schema.ts';
import type { Session } from './session.ts';
import type { StoredToken, TokenRepository } from './store.ts';

export function createTokenRepository(session: Session): TokenRepository {
  const all = () => session.reader().selectFrom('tokens').selectAll();
  return {
    async list(namespace) {
      const rows = await all().where('namespace', '=', namespace).orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },

    async findByHash(hash) {
      const row = await all().where('hash', '=', hash).where('revoked_at', 'is', null).executeTakeFirst();
      return row && fromRow(row);
    },

    async save(token) {
      const row = toRow(token);
      await session
        .writer('tokens.save')
        .insertInto('tokens')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
        .execute();
    },

    async touch(hash, at) {
      await session
        .writer('tokens.touch')
        .updateTable('tokens')
        .set({ last_used_at: at })
        .where('hash', '=', hash)
        .execute();
    },
  };
}

const toRow = (token: StoredToken): TokenRow => ({
  namespace: token.namespace,
  id: token.id,
  name: token.name,
  scope: token.scope,
  hash: token.hash,
  created_at: token.createdAt,
  created_by: token.createdBy,
  last_used_at: token.lastUsedAt,
  revoked_at: token.revokedAt,
});

const fromRow = (row: TokenRow): StoredToken => ({
  namespace: row.namespace,
  id: row.id,
  name: row.name,
  scope: row.scope,
  hash: row.hash,
  createdAt: row.created_at,
  createdBy: row.created_by,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});
