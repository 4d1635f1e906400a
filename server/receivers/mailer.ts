import { isIP, Socket } from 'node:net';
import { checkMailServer, type EgressPolicy, type Resolve } from './guard.ts';
import { originOf } from './originOf.ts';
import { abortable, failureOf } from './poster.ts';
import type { DeliveryResult } from './receiver.ts';
import type { Mail } from './receiverIo.ts';

export interface SmtpServer {
  /** `smtp://` or `smtps://`, credentials included. */
  readonly url: string;
  /** From the deployment's own settings: not subject to the guard, and TLS is its affair. */
  readonly trusted: boolean;
}

export interface MailOptions {
  readonly policy: EgressPolicy;
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

const STEP_TIMEOUT_MS = 10_000;

/** Of OpenSSL (verify(1), "Diagnostics"), as Node names them. */
const UNKNOWN_AUTHORITY_CODES: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Hands one mail to a server; never throws. 4xx replies may pass, 5xx ones do not (RFC 5321, 4.2.1). */
export async function sendMail(mail: Mail, server: SmtpServer, options: MailOptions): Promise<DeliveryResult> {
  try {
    return await deliver(mail, server, options);
  } catch (error) {
    const code = replyCode(error);
    if (code !== undefined && !options.signal.aborted) {
      const message = `the mail server answered ${code}`;
      return { ok: false, retryable: code < 500, message, retryAfterMs: null };
    }
    if (isOfUnknownAuthority(error)) {
      return { ok: false, retryable: true, message: unknownAuthority(server.url), retryAfterMs: null };
    }
    return failureOf(error, options.signal);
  }
}

function replyCode(error: unknown): number | undefined {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : undefined;
}

const unknownAuthority = (url: string): string =>
  `the certificate of the mail server ${originOf(url) ?? ''} comes from an authority that is not trusted: start the engine with NODE_EXTRA_CA_CERTS, the path of a file with the certificate of that authority`;

/** The client keeps the code of the system beside its own. */
const isOfUnknownAuthority = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'originalCode' in error &&
  UNKNOWN_AUTHORITY_CODES.has(error.originalCode);

async function deliver(mail: Mail, server: SmtpServer, options: MailOptions): Promise<DeliveryResult> {
  const url = new URL(server.url);
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  const { host, requireTLS } = await place(server, { host: url.hostname, port }, options);
  // Loaded with the first mail: engines without mail do without it in memory.
  const { createTransport } = await import('nodemailer');
  // Ours, so that it can be hung up: nodemailer itself waits on until its own timeout.
  const socket = new Socket();
  const hangUp = (): void => void socket.destroy();
  options.signal.addEventListener('abort', hangUp, { once: true });
  const transport = createTransport({
    socket,
    host,
    port,
    secure,
    // Credentials and alerts do not travel in the clear, except where the deployment opened the place.
    requireTLS: requireTLS && !secure,
    // The connection goes to an address, the certificate is that of the name; for an address no name is sent (RFC 6066, 3).
    tls: isIP(url.hostname) === 0 ? { servername: url.hostname } : {},
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  });
  try {
    const { references, to, ...rest } = mail;
    const content = { ...rest, to: [...to], references: [...references], inReplyTo: references.at(-1) ?? '' };
    return outcomeOf(await abortable(transport.sendMail(content), options.signal));
  } finally {
    options.signal.removeEventListener('abort', hangUp);
    transport.close();
  }
}

interface Sent {
  readonly accepted: readonly unknown[];
  readonly rejected: readonly string[];
  readonly rejectedErrors?:
    ReadonlyArray<{ readonly recipient?: string | undefined; readonly responseCode?: number | undefined }> | undefined;
}

/** Of many addresses a few say enough. */
const MAX_NAMED = 5;

/**
 * Whoever was refused is not tried again, whatever the reply: those whom the server took it for would have it twice. It is named in place.
 */
function outcomeOf({ accepted, rejected, rejectedErrors = [] }: Sent): DeliveryResult {
  const total = accepted.length + rejected.length;
  const message = `the mail server took it for ${accepted.length} of ${total} addresses`;
  if (rejected.length === 0) {
    return { ok: true, message };
  }
  const codes = new Map(rejectedErrors.map(({ recipient, responseCode }) => [recipient, responseCode]));
  const named = rejected
    .slice(0, MAX_NAMED)
    .map((address) => `${address} (${codes.get(address) ?? 'no reason given'})`);
  const rest = rejected.length > named.length ? ` and ${rejected.length - named.length} more` : '';
  return { ok: true, isPartial: true, message: `${message}, and refused ${named.join(', ')}${rest}` };
}

/** Connects to the address that was checked, not to the name. */
async function place(
  server: SmtpServer,
  named: { host: string; port: number },
  { policy, resolve, signal }: MailOptions
): Promise<{ host: string; requireTLS: boolean }> {
  if (server.trusted) {
    return { host: named.host, requireTLS: false };
  }
  const destination = await abortable(checkMailServer(named, policy, resolve), signal);
  return { host: destination.addresses[0] ?? destination.host, requireTLS: !destination.opened };
}
