import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { BehaviourSwitch } from './behaviour.ts';
import { Journal } from './journal.ts';
import { parseMail } from './parseMail.ts';

export interface Mail {
  readonly seq: number;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Of the envelope, as `to`. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

const maxBytes = 1_000_000;

/** The mails that came in by SMTP, kept in a file. */
export class Mailbox {
  readonly #journal: Journal<Mail>;
  #nextSeq: number;

  constructor(file: string) {
    this.#journal = new Journal(file, parseStoredMail);
    this.#nextSeq = 1 + Math.max(0, ...this.#journal.getAll().map(({ seq }) => seq));
  }

  add(mail: Omit<Mail, 'seq'>): void {
    this.#journal.add({ seq: this.#nextSeq++, ...mail });
  }

  /** Newest first. */
  getAll(): readonly Mail[] {
    return this.#journal.getAll().toReversed();
  }

  clear(): void {
    this.#journal.clear();
  }
}

/**
 * Takes any mail for anyone, without a login and without TLS. The behaviours mean in SMTP: `429` a
 * temporary refusal (451), `500` a permanent one (554), `half` a connection cut after the text.
 *
 * @returns the port it listens on and a function that ends it
 */
export async function startMailServer(options: {
  address: string;
  port: number;
  mailbox: Mailbox;
  behaviour: BehaviourSwitch;
  now: () => Date;
}): Promise<{ port: number; close: () => Promise<void> }> {
  const { mailbox, behaviour, now } = options;
  const sockets = new Set<{ destroy: () => void }>();
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxBytes,
    onData(stream, session, callback) {
      receive(stream).then((raw) => {
        const answer = answers[behaviour.get().mode];
        const { delayMs } = behaviour.take();
        if (answer === 'hang') {
          return;
        }
        if (answer === 'cut') {
          sockets.forEach((socket) => socket.destroy());
          return;
        }
        if (answer instanceof Error) {
          callback(answer);
          return;
        }
        const accept = () => {
          mailbox.add(buildMail(raw, session, now()));
          callback();
        };
        if (answer === 'late') {
          setTimeout(accept, delayMs).unref();
        } else {
          accept();
        }
      }, callback);
    },
  });
  // A client that goes away in the middle is the client's affair.
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.address, () => resolve());
  });
  return {
    port: getListeningPort(server.server.address()) ?? options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

const answers = {
  ok: 'accept',
  slow: 'late',
  hang: 'hang',
  half: 'cut',
  '429': new SmtpRefusal(451, 'too many mails, try again later'),
  '500': new SmtpRefusal(554, 'this mailbox does not work'),
} as const;

function getListeningPort(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' ? address?.port : undefined;
}

async function receive(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
  }
  if (stream.sizeExceeded) {
    throw new SmtpRefusal(552, `the mail is larger than ${maxBytes} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function buildMail(raw: string, { envelope }: SMTPServerSession, at: Date): Omit<Mail, 'seq'> {
  const { subject, text, headers } = parseMail(raw);
  return {
    at: at.toISOString(),
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    subject,
    text,
    messageId: headers['message-id'] ?? '',
  };
}

function parseStoredMail(line: unknown): Mail | undefined {
  if (typeof line !== 'object' || line === null) {
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(line));
  const seq = fields.get('seq');
  const to = fields.get('to');
  const read = (name: string) => String(fields.get(name) ?? '');
  return typeof seq !== 'number'
    ? undefined
    : {
        seq,
        at: read('at'),
        from: read('from'),
        to: Array.isArray(to) ? to.map(String) : [],
        subject: read('subject'),
        text: read('text'),
        messageId: read('messageId'),
      };
}
