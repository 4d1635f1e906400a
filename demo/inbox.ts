import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BehaviourSwitch, parseBehaviour, type Behaviour } from './inbox/behaviour.ts';
import { Deliveries } from './inbox/deliveries.ts';
import { Mailbox, startMailServer } from './inbox/mailbox.ts';
import { inboxPage, pageHeaders } from './inbox/page.ts';
import { inboxScript } from './inbox/pageScript.ts';
import { inboxStyle } from './inbox/pageStyle.ts';
import { findFlaw, parseSecret } from './inbox/signature.ts';

export interface InboxOptions {
  /** What to listen on; by default loopback. */
  readonly address?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly smtpPort: number;
  /** Where deliveries and mails are kept. */
  readonly dataDir: string;
  /** A Standard Webhooks secret (`whsec_…`). Without one nothing can be verified and every POST is refused. */
  readonly secret: string | undefined;
  readonly now?: () => Date;
}

export interface Inbox {
  readonly url: string;
  readonly smtpPort: number;
  close(): Promise<void>;
}

interface InboxParts {
  readonly deliveries: Deliveries;
  readonly mailbox: Mailbox;
  readonly behaviour: BehaviourSwitch;
  readonly key: Buffer | undefined;
  readonly now: () => Date;
}

const maxBytes = 1_000_000;

/**
 * A receiver of notifications for trying things out: takes signed webhooks on `POST /webhook` and mails by SMTP,
 * checks them, keeps them and lists them on a page.
 *
 * @throws Error when the secret is malformed or a port is taken
 */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const parts: InboxParts = {
    key: options.secret === undefined ? undefined : parseSecret(options.secret),
    deliveries: new Deliveries(path.join(options.dataDir, 'deliveries.jsonl')),
    mailbox: new Mailbox(path.join(options.dataDir, 'mails.jsonl')),
    behaviour: new BehaviourSwitch(),
    now: options.now ?? (() => new Date()),
  };
  const server = http.createServer((request, response) => {
    handle(parts, request, response).catch(() => response.destroy());
  });
  const { address: listenAddress = '127.0.0.1' } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, listenAddress, resolve);
  });
  const mail = await startMailServer({ ...parts, address: listenAddress, port: options.smtpPort });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    smtpPort: mail.port,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), mail.close()]);
    },
  };
}

type Handler = (parts: InboxParts, request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const routes: Readonly<Record<string, Handler>> = {
  'GET /': (_, __, response) => {
    response.writeHead(200, pageHeaders).end(inboxPage);
  },
  'GET /inbox.js': (_, __, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(inboxScript);
  },
  'GET /inbox.css': (_, __, response) => {
    response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(inboxStyle);
  },
  'POST /webhook': receiveWebhook,
  'GET /deliveries': ({ deliveries, behaviour, key }, _, response) => {
    sendJson(response, 200, {
      items: deliveries.getAll(),
      canVerify: key !== undefined,
      behaviour: behaviour.get(),
    });
  },
  'DELETE /deliveries': ({ deliveries }, _, response) => {
    deliveries.clear();
    response.writeHead(204).end();
  },
  'GET /mails': ({ mailbox }, _, response) => sendJson(response, 200, { items: mailbox.getAll() }),
  'DELETE /mails': ({ mailbox }, _, response) => {
    mailbox.clear();
    response.writeHead(204).end();
  },
  'GET /behaviour': ({ behaviour }, _, response) => sendJson(response, 200, behaviour.get()),
  'POST /behaviour': changeBehaviour,
  'GET /health': (_, __, response) => sendJson(response, 200, { status: 'ok' }),
};

async function handle(parts: InboxParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pathname = (request.url ?? '/').split('?')[0] ?? '/';
  const handler = routes[`${request.method ?? 'GET'} ${pathname}`];
  if (handler === undefined) {
    sendJson(response, 404, {
      detail: `The inbox has no ${request.method ?? ''} ${pathname}.`,
      known: Object.keys(routes),
    });
    return;
  }
  await handler(parts, request, response);
}

async function changeBehaviour(
  { behaviour }: InboxParts,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const wanted = parseBehaviour(parseJson((await readBody(request)) ?? ''));
  if (typeof wanted === 'string') {
    sendJson(response, 400, { detail: wanted });
    return;
  }
  behaviour.set(wanted);
  sendJson(response, 200, wanted);
}

async function receiveWebhook(parts: InboxParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readBody(request);
  if (text === undefined) {
    sendJson(response, 413, { detail: `The body is larger than ${maxBytes} bytes.` });
    return;
  }
  const at = parts.now();
  const flaw = checkSignature(parts, request, { text, at });
  const behaviour = flaw === undefined ? parts.behaviour.take() : undefined;
  const delivery = parts.deliveries.add({
    id: readHeader(request, 'webhook-id'),
    at: at.toISOString(),
    verified: flaw === undefined,
    flaw: flaw ?? null,
    answered: behaviour === undefined ? 401 : statuses[behaviour.mode],
    body: parseJson(text) ?? text,
  });
  if (behaviour === undefined) {
    sendJson(response, 401, { detail: flaw });
    return;
  }
  await answer(response, behaviour, { seq: delivery.seq, duplicateOf: delivery.duplicateOf });
}

function checkSignature(
  { key }: InboxParts,
  request: IncomingMessage,
  { text, at }: { text: string; at: Date }
): string | undefined {
  if (key === undefined) {
    return 'The inbox was started without a secret (DEMO_INBOX_SECRET), so nothing can be verified.';
  }
  const signed = {
    id: readHeader(request, 'webhook-id'),
    timestamp: readHeader(request, 'webhook-timestamp'),
    signature: readHeader(request, 'webhook-signature'),
    body: text,
  };
  return findFlaw(key, signed, at.getTime() / 1_000);
}

const statuses = { ok: 200, slow: 200, '429': 429, '500': 500, hang: 'hang', half: 'half' } as const;

async function answer(response: ServerResponse, behaviour: Behaviour, body: object): Promise<void> {
  switch (behaviour.mode) {
    case 'hang':
      return;
    case 'half':
      // Announces more than it sends, then cuts the line.
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      response.write('{"seq":', () => response.destroy());
      return;
    case '429':
      response.setHeader('retry-after', String(behaviour.retryAfter));
      sendJson(response, 429, { detail: 'Too many requests.' });
      return;
    case '500':
      sendJson(response, 500, { detail: 'The inbox is told to fail.' });
      return;
    case 'slow':
      await pause(behaviour.delayMs, undefined, { ref: false });
      sendJson(response, 200, body);
      return;
    case 'ok':
      sendJson(response, 200, body);
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function readHeader(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** @returns undefined when the body is too large */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= maxBytes) {
      chunks.push(bytes);
    }
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
