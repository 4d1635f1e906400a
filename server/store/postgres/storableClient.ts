import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { PoolClient, QueryResultRow } from 'pg';
import { storableParameter } from '../text.ts';

/** A connection that takes any text: PostgreSQL itself refuses some (see `storableText`). */
export class StorableClient implements PostgresPoolClient {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R extends QueryResultRow>(statement: string | PostgresCursor<R>, parameters: readonly unknown[] = []): unknown {
    if (typeof statement !== 'string') {
      throw new Error('Streaming from PostgreSQL is not set up');
    }
    return this.#client.query<R>(statement, parameters.map(storableParameter));
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
