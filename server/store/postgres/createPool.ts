import pg from 'pg';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { StorableClient } from './storableClient.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;

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

/** A pool whose clients store any text that reaches them. */
export function createPool(connectionString: string, applicationName: string = ENGINE_NAME): PostgresPool {
  const options = {
    connectionString: named(connectionString, applicationName),
    types: clientTypes,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
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
