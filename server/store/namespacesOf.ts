import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * The namespaces in a table, by one seek each in an index that begins with the namespace (`select distinct` would read every row).
 */
export async function namespacesOf(
  db: Kysely<Schema>,
  table: 'alerts' | 'history' | 'jobs' | 'audit'
): Promise<readonly string[]> {
  const found: string[] = [];
  for (;;) {
    const last = found.at(-1);
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.min<string | null>('namespace').as('namespace'))
      .$if(last !== undefined, (query) => query.where('namespace', '>', last ?? ''))
      .executeTakeFirst();
    if (row === undefined || row.namespace === null) {
      return found;
    }
    found.push(row.namespace);
  }
}
