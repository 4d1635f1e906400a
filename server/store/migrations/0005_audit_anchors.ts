import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

const REFUSAL = 'audit rows are only ever added';

/** Where each chain was cut: the last row that may be gone, and its hash, onto which the first that stays is chained. */
const anchors = ({ int, tableEnd }: DialectTypes) =>
  `create table audit_anchors (
    namespace text not null primary key, seq ${int} not null, hash text not null
  ) ${tableEnd}`;

/** Rows up to the cut may be deleted, and nothing else. */
const triggers = ({ kind }: DialectTypes) =>
  kind === 'sqlite'
    ? [
        'drop trigger audit_no_delete',
        `create trigger audit_no_delete before delete on audit
          when not exists (select 1 from audit_anchors where namespace = old.namespace and seq >= old.seq)
          begin select raise(abort, '${REFUSAL}'); end`,
      ]
    : [
        `create or replace function audit_refuse() returns trigger language plpgsql as
          $$ begin
            if tg_op = 'DELETE' then
              if exists (select 1 from audit_anchors where namespace = old.namespace and seq >= old.seq) then
                return old;
              end if;
            end if;
            raise exception '${REFUSAL}';
          end $$`,
      ];

/** The audit can be pruned, and still be verified. */
export const auditAnchors = (types: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of [anchors(types), ...triggers(types)]) {
      await sql.raw(statement).execute(db);
    }
  },
});
