import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { createPool } from './createPool.ts';

/** AuthenticationOk and ReadyForQuery (PostgreSQL manual, 55.7). */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

let server: Server;
let sockets: Socket[];
/** Resolves with each connection that the client has closed. */
let closed: Array<Promise<unknown>>;
let url: string;

/** As one whose machine is gone without a word: it lets clients in, and answers no statement. */
beforeEach(async () => {
  [sockets, closed] = [[], []];
  server = createServer((socket) => {
    sockets.push(socket);
    closed.push(once(socket, 'close'));
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(GREETING));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `postgres://pharos@127.0.0.1:${(server.address() as AddressInfo).port}/pharos`;
});
afterEach(async () => {
  sockets.forEach((socket) => socket.destroy());
  server.close();
  await once(server, 'close');
});

const GIVEN_UP = 'PostgreSQL did not answer in time: the connection is given up';

it('gives up a connection on which no answer comes, and takes another one for the next statement', async () => {
  const db = new Kysely({ dialect: new PostgresDialect({ pool: createPool(url, { answersWithinMs: 50 }) }) });
  await expect(sql`select 1`.execute(db)).rejects.toThrow(GIVEN_UP);
  await expect(sql`select 1`.execute(db)).rejects.toThrow(GIVEN_UP);
  expect(sockets).toHaveLength(2);
  await Promise.all(closed);
  await db.destroy();
});

it('ends a transaction with its connection, which nobody gets after it', async () => {
  const db = new Kysely({ dialect: new PostgresDialect({ pool: createPool(url, { answersWithinMs: 50 }) }) });
  const work = jest.fn();
  await expect(db.transaction().execute(work)).rejects.toThrow(GIVEN_UP);
  expect(work).not.toHaveBeenCalled();
  await expect(db.transaction().execute(work)).rejects.toThrow(GIVEN_UP);
  expect(sockets).toHaveLength(2);
  await Promise.all(closed);
  await db.destroy();
});
