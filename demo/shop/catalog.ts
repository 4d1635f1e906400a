import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SpanKind } from '@opentelemetry/api';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
} from '@opentelemetry/semantic-conventions';
import { drawDuration } from '../random.ts';
import { createDatabaseMetrics, type DatabaseDuration } from '../telemetry/metrics.ts';
import { inSpan } from '../telemetry/tracing.ts';
import { getErrorType } from './callPeer.ts';
import { ShopError, UpstreamError } from './shopError.ts';
import type { Route } from './serveRoutes.ts';
import type { ShopRuntime } from './shopRuntime.ts';

export const productCount = 120;

const networkMedianMs = 2.5;
const table = 'products';

type Query = (text: string, ...values: SQLInputValue[]) => Promise<Array<Record<string, unknown>>>;

/** Products and their prices, from a database. */
export function createCatalogRoutes(runtime: ShopRuntime): Route[] {
  const query = openDatabase(runtime, createDatabaseMetrics(runtime.metrics.registry));
  return [
    {
      method: 'GET',
      path: '/products',
      work: { name: 'rank products', medianMs: 4 },
      handle: async () => ({
        status: 200,
        body: { products: await query('SELECT id, name, price FROM products ORDER BY sold DESC LIMIT ?', 12) },
      }),
    },
    {
      method: 'GET',
      path: '/products/:id',
      work: { name: 'render product', medianMs: 3 },
      handle: async ({ params }) => {
        const id = Number(params.id);
        const [product] = await query('SELECT id, name, price, stock FROM products WHERE id = ?', id);
        if (product === undefined) {
          throw new ShopError(404, `There is no product ${params.id ?? ''}.`);
        }
        return { status: 200, body: product };
      },
    },
  ];
}

function openDatabase(runtime: ShopRuntime, duration: DatabaseDuration): Query {
  const database = new DatabaseSync(':memory:');
  fill(database);
  return (text, ...values) => {
    const attributes = {
      [ATTR_DB_SYSTEM_NAME]: 'sqlite',
      [ATTR_DB_NAMESPACE]: 'catalog',
      [ATTR_DB_OPERATION_NAME]: 'SELECT',
      [ATTR_DB_COLLECTION_NAME]: table,
      [ATTR_DB_QUERY_TEXT]: text,
      [ATTR_SERVER_ADDRESS]: 'catalog-db',
    };
    return inSpan(runtime.tracer, { name: `SELECT ${table}`, kind: SpanKind.CLIENT, attributes }, async () => {
      const stop = duration.startTimer({
        db_system_name: 'sqlite',
        db_operation_name: 'SELECT',
        db_collection_name: table,
      });
      try {
        // The database sits in memory: the pause stands for the network that a real one is behind.
        await pause(drawDuration(runtime.random, networkMedianMs));
        if (runtime.effects.isDependencyDown()) {
          const cause = Object.assign(new Error('connect ECONNREFUSED catalog-db'), { code: 'ECONNREFUSED' });
          throw new UpstreamError(502, 'catalog-db refused the connection', { cause });
        }
        const rows = database.prepare(text).all(...values);
        stop();
        return rows;
      } catch (error) {
        stop({ error_type: getErrorType(error instanceof UpstreamError ? error.cause : error) });
        throw error;
      }
    });
  };
}

const adjectives = ['Plain', 'Warm', 'Sturdy', 'Quiet', 'Bright', 'Folding', 'Small', 'Heavy', 'Soft', 'Tall'];
const things = [
  'lamp',
  'kettle',
  'chair',
  'blanket',
  'clock',
  'basket',
  'mug',
  'stool',
  'mirror',
  'shelf',
  'vase',
  'rug',
];

function fill(database: DatabaseSync): void {
  database.exec(
    'CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price INTEGER, stock INTEGER, sold INTEGER)'
  );
  const insert = database.prepare('INSERT INTO products VALUES (?, ?, ?, ?, ?)');
  for (let id = 1; id <= productCount; id++) {
    const name = `${adjectives[id % adjectives.length] ?? ''} ${things[id % things.length] ?? ''}`;
    insert.run(id, name, 900 + ((id * 370) % 9_000), 5 + (id % 40), (id * 7_919) % 1_000);
  }
}
