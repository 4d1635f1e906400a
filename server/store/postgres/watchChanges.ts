import { sql, type Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Schema } from '../schema.ts';

const EVERY_MS = 1000;

/**
 * Looks each second which namespaces have changes that were not there the second before. The engine's own are among them: its
 * listeners hear of those twice, which costs them one look.
 * @returns what ends it
 */
export function watchChanges(db: Kysely<Schema>, clock: Clock, onChange: (namespace: string) => void): () => void {
  let seen: ReadonlyMap<string, number> | undefined;
  let stopped = false;
  let cancel: () => void = () => undefined;

  async function look(): Promise<void> {
    const rows = await db
      .selectFrom('changes')
      .select(['namespace', sql<number>`max(seq)`.as('newest')])
      .groupBy('namespace')
      .execute()
      // The database is away for a moment: what it has then is seen at the next look.
      .catch(() => undefined);
    if (stopped || rows === undefined) {
      return;
    }
    const before = seen;
    seen = new Map(rows.map((row) => [row.namespace, row.newest]));
    for (const { namespace, newest } of rows) {
      if (before !== undefined && newest > (before.get(namespace) ?? 0)) {
        onChange(namespace);
      }
    }
  }

  function lookAgain(): void {
    cancel = clock.after(EVERY_MS, () => {
      void look().then(() => {
        if (!stopped) {
          lookAgain();
        }
      });
    });
  }

  void look();
  lookAgain();
  return () => {
    stopped = true;
    cancel();
  };
}
