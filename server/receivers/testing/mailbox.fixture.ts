import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Mailbox {
  readonly port: number;
  readonly mails: Array<{
    readonly to: readonly string[];
    readonly raw: string;
    readonly user: string | undefined;
    /** Whether it came over TLS. */
    readonly secure: boolean;
  }>;
  /** Clients that are connected. */
  connected(): number;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it takes. */
export async function startMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: Mailbox['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: ({ username = '' }, _session, done) => done(null, { user: username }),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw: Buffer.concat(chunks).toString('utf8'), user: session.user, secure: session.secure });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    mails,
    connected: () => server.connections.size,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
