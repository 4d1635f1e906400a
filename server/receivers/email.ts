import { z } from 'zod';
import type { Mail } from './receiverIo.ts';
import type { Notification, NotifiedAlert } from './receiver.ts';
import { receiverKind } from './receiverKind.ts';
import { alertTitle, byUrgency, cut, headline, latestOfEach } from './wording.ts';

const address = z.email('expected an address such as ops@example.com').max(254);

const schema = z.strictObject({
  to: z
    .array(address, 'expected a list of addresses')
    .min(1, 'expected at least one address')
    .max(50, 'expected at most 50 addresses'),
  from: z
    .string()
    .max(300)
    .regex(/^[^\r\n]*$/, 'expected one line')
    .optional(),
  smtpUrl: z
    .string()
    .max(2048)
    .refine((text) => URL.canParse(text) && /^smtps?:\/\/[^/]/.test(text), 'expected smtp:// or smtps:// and a host')
    .optional(),
});

/** RFC 5322 allows 998 characters in a line; clients show far fewer of a subject. */
const MAX_SUBJECT = 200;
const MAX_ALERTS = 100;
/** Message ids need a right side; this one is nobody's host (RFC 2606). */
const ID_HOST = 'pharos.invalid';

const messageId = (local: string): string => `<${local.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@${ID_HOST}>`;

const facts = ({ alert, reason, url }: NotifiedAlert): ReadonlyArray<readonly [string, string]> => {
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['Why', reason],
    ['Severity', alert.severity],
    ['Service', alert.service],
    ['Since', new Date(alert.startsAt).toISOString()],
    ['Resolved', alert.resolvedAt === null ? '' : new Date(alert.resolvedAt).toISOString()],
    ['Runbook', alert.annotations['runbook_url'] ?? ''],
    [
      'Labels',
      Object.entries(alert.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    ['Alert', url],
  ];
  return rows.filter(([, value]) => value !== '');
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const cell = (value: string): string =>
  /^https?:\/\/[^\s"<>]+$/.test(value) ? `<a href="${escape(value)}">${escape(value)}</a>` : escape(value);

const htmlOf = (entry: NotifiedAlert): string => {
  const rows = facts(entry).map(([name, value]) => `<tr><td><b>${name}</b></td><td>${cell(value)}</td></tr>`);
  return `<h3>${escape(alertTitle(entry))}</h3>\n<table cellpadding="4">\n${rows.join('\n')}\n</table>`;
};

const textOf = (entry: NotifiedAlert): string =>
  [alertTitle(entry), ...facts(entry).map(([name, value]) => `  ${name}: ${value}`)].join('\n');

/**
 * The mail of a delivery. Its id is that of the delivery, so that a repeat is recognised; all mails of one episode refer to the same
 * thread, whose first message need not exist (RFC 5322, 3.6.4).
 */
export function buildMail(notification: Notification): Omit<Mail, 'from' | 'to'> {
  const latest = byUrgency(latestOfEach(notification.alerts));
  const shown = latest.slice(0, MAX_ALERTS);
  const rest = latest.length > shown.length ? `and ${latest.length - shown.length} more` : '';
  const [only] = latest;
  const thread = only === undefined || latest.length > 1 ? [] : [messageId(`alert.${only.alert.id}`)];
  return {
    subject: cut(headline(notification).replace(/\s+/g, ' '), MAX_SUBJECT),
    text: [...shown.map(textOf), rest].filter((part) => part !== '').join('\n\n'),
    html: [...shown.map(htmlOf), rest === '' ? '' : `<p>${rest}</p>`].join('\n'),
    messageId: messageId(notification.id),
    references: thread,
  };
}

export const email = receiverKind({
  schema,
  fields: [
    { name: 'to', label: 'To', description: 'One address or more.', secret: false, required: true },
    {
      name: 'from',
      label: 'From',
      description: "Default: the deployment's sender.",
      secret: false,
      required: false,
    },
    {
      name: 'smtpUrl',
      label: 'Mail server',
      description: "smtps://user:password@host:465. Default: the deployment's server.",
      secret: true,
      required: false,
    },
  ],
  send: ({ to, from, smtpUrl }, notification, io) =>
    io.mail({ ...buildMail(notification), from: from ?? '', to }, smtpUrl),
});
