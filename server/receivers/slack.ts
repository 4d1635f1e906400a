import { z } from 'zod';
import type { Json } from '../../src/core/json.ts';
import type { Notification, NotifiedAlert } from './receiver.ts';
import { receiverKind } from './receiverKind.ts';
import { alertTitle, byUrgency, cut, headline, latestOfEach, statusOf } from './wording.ts';

const schema = z.strictObject({
  url: z.string('expected an address').min(1, 'expected an address').max(2048),
});

/** Limits of Slack's Block Kit: text of a section 3,000 characters; attachments beyond 20 are folded away. */
const MAX_SECTION = 3000;
const MAX_TITLE = 250;
const MAX_REASON = 1000;
const MAX_ALERTS = 20;

const COLORS = { info: '#3274d9', warning: '#f2c037', error: '#ff780a', critical: '#e02f44' } as const;
const STATUS_COLORS = { resolved: '#299c46', no_data: '#8e8e8e' } as const;

const colorOf = (entry: NotifiedAlert): string => {
  const status = statusOf(entry);
  return status === 'firing' ? COLORS[entry.alert.severity] : STATUS_COLORS[status];
};

/** Slack's three control characters; nothing else can begin a mention or a link. */
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Inside `<url|title>` a bar would end the address and a line break the link. */
const link = (url: string, title: string): string =>
  `<${url.replaceAll('|', '%7C')}|${title.replace(/[\r\n]+/g, ' ')}>`;

function attachment(entry: NotifiedAlert): Json {
  const { alert, reason, url } = entry;
  const title = escape(cut(alertTitle(entry), MAX_TITLE));
  const facts = [alert.service === '' ? undefined : `service ${alert.service}`, `since ${isoSeconds(alert.startsAt)}`];
  const text = [
    `*${link(url, title)}*`,
    escape(cut(reason, MAX_REASON)),
    `_${escape(cut(facts.filter((fact) => fact !== undefined).join(' · '), MAX_TITLE))}_`,
  ].join('\n');
  // Escapes lengthen the text up to fivefold: what would break the limit loses its reason, which stands on the alert's page.
  const section = text.length <= MAX_SECTION ? text : `*${link(url, title)}*`;
  return { color: colorOf(entry), blocks: [{ type: 'section', text: { type: 'mrkdwn', text: section } }] };
}

const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** An incoming-webhook message: one coloured attachment per alert, the most urgent first. */
export function buildMessage(notification: Notification): Json {
  const latest = byUrgency(latestOfEach(notification.alerts));
  const shown = latest.slice(0, MAX_ALERTS);
  const more = latest.length - shown.length;
  const title = escape(cut(headline(notification), MAX_TITLE));
  const heading = { type: 'section', text: { type: 'mrkdwn', text: `*${title}*` } };
  const rest = {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: `and ${more} more; all of them are in Pharos` }],
  };
  return {
    text: title,
    ...(latest.length > 1 && { blocks: more > 0 ? [heading, rest] : [heading] }),
    attachments: shown.map(attachment),
  };
}

export const slack = receiverKind({
  schema,
  urlSettings: ['url'],
  fields: [
    {
      name: 'url',
      label: 'Webhook URL',
      description: 'Incoming webhook of the channel: https://hooks.slack.com/services/…',
      secret: true,
      required: true,
    },
  ],
  send: ({ url }, notification, io) => io.post({ url, headers: {}, body: JSON.stringify(buildMessage(notification)) }),
});
