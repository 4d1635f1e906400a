import pg from 'pg';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { StorableClient } from './storableClient.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;
/** When the system begins to ask an idle connection whether the other side is still there. */
const KEEP_ALIVE_AFTER_MS = 10_000;
/** No statement of the store takes nearly as long: they read by pages and delete in portions. */
const ANSWERS_WITHIN_MS = 60_000;

const parseNumber = (text: string): number => Number(text);

/** How a connection of an engine is known in `pg_stat_activity`. */
export const ENGINE_NAME = 'pharos';

/** `bigint` arrives as text otherwise; ours are times in ms and counts, all far below 2^53. */
export const clientTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    Number(oid) === pg.types.builtins.INT8 ? parseNumber : pg.types.getTypeParser(oid, format),
};

/**
 * The address with the name under which a connection is known. It must stand in the address itself: what an operator wrote there
 * (`?application_name=`) wins over options, and would hide an engine from a restore.
 */
export function named(connectionString: string, applicationName: string): string {
  const url = new URL(connectionString);
  url.searchParams.set('application_name', applicationName);
  return url.href;
}

export interface PoolOptions {
  readonly applicationName?: string;
  /** For one statement; null lets it take as long as it takes, which migrations may. */
  readonly answersWithinMs?: number | null;
}

/**
 * A pool whose clients store any text that reaches them. Where no answer comes in time, the connection is given up with the
 * statement: one whose other side is gone would keep everybody waiting who gets it next, for a quarter of an hour.
 */
export function createPool(
  connectionString: string,
  { applicationName = ENGINE_NAME, answersWithinMs = ANSWERS_WITHIN_MS }: PoolOptions = {}
): PostgresPool {
  const options = {
    connectionString: named(connectionString, applicationName),
    types: clientTypes,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    ...(answersWithinMs !== null && { query_timeout: answersWithinMs }),
  };
  const pool = new pg.Pool(options);
  // A connection that breaks while idle is replaced at its next use, which also reports what is wrong then.
  pool.on('error', () => undefined);
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? new StorableClient(client);
      wrapped.set(client, known);
      return known;
    },
  };
}
