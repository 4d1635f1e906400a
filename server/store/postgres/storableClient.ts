import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { PoolClient, QueryResultRow } from 'pg';
import { messageOf } from '../../errors.ts';
import { storableParameter } from '../text.ts';

/** What the client says when its `query_timeout` has passed. */
const UNANSWERED = 'Query read timeout';

/**
 * A connection that takes any text: PostgreSQL itself refuses some (see `storableText`). It is closed when an answer does not come in
 * time: the statement still has it.
 */
export class StorableClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #isGivenUp = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R extends QueryResultRow>(statement: string | PostgresCursor<R>, parameters: readonly unknown[] = []): unknown {
    if (typeof statement !== 'string') {
      throw new Error('Streaming from PostgreSQL is not set up');
    }
    return this.#client.query<R>(statement, parameters.map(storableParameter)).catch((error: unknown) => {
      if (messageOf(error) !== UNANSWERED) {
        throw error;
      }
      this.release(true);
      this.#isGivenUp = true;
      throw new Error('PostgreSQL did not answer in time: the connection is given up', { cause: error });
    });
  }

  release(destroy?: boolean): void {
    if (!this.#isGivenUp) {
      this.#client.release(destroy);
    }
  }
}
