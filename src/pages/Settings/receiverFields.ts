import type { ReceiverView } from '../../api/routing.ts';

export type ReceiverKind = ReceiverView['kind'];

export interface ReceiverField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Never answered by the engine: the form knows only whether there is one. */
  readonly secret: boolean;
  readonly required: boolean;
  /** `list`: several values, separated by commas or spaces. */
  readonly form: 'text' | 'list';
  readonly placeholder: string;
}

export interface ReceiverKindForm {
  readonly title: string;
  readonly description: string;
  readonly fields: readonly ReceiverField[];
}

const field = (
  name: string,
  label: string,
  rest: Partial<ReceiverField> & Pick<ReceiverField, 'description'>
): ReceiverField => ({ name, label, secret: false, required: false, form: 'text', placeholder: '', ...rest });

/** The settings of each kind, as the engine checks them. */
export const RECEIVER_FORMS: Readonly<Record<ReceiverKind, ReceiverKindForm>> = {
  webhook: {
    title: 'Webhook',
    description: 'POSTs each notification as JSON, signed as Standard Webhooks describes.',
    fields: [
      field('url', 'Address', {
        description: 'Where to POST; https, unless the deployment allows the place.',
        required: true,
        placeholder: 'https://example.com/hooks/pharos',
      }),
      field('secret', 'Signing secret', {
        description: 'whsec_ and base64 of 24 to 64 bytes; the other side verifies requests with it.',
        secret: true,
        placeholder: 'whsec_…',
      }),
      field('bearerToken', 'Bearer token', { description: 'Sent as Authorization: Bearer.', secret: true }),
      field('basicUser', 'User name', { description: 'For HTTP Basic authentication, instead of a bearer token.' }),
      field('basicPassword', 'Password', { description: 'For HTTP Basic authentication.', secret: true }),
    ],
  },
  slack: {
    title: 'Slack',
    description: 'Writes to a channel through an incoming webhook.',
    fields: [
      field('url', 'Webhook URL', {
        description: 'Of the channel; Slack shows it when you add an incoming webhook to an app.',
        secret: true,
        required: true,
        placeholder: 'https://hooks.slack.com/services/…',
      }),
    ],
  },
  email: {
    title: 'Email',
    description: 'Sends a mail per notification, one thread per alert.',
    fields: [
      field('to', 'To', {
        description: 'One address or more, separated by commas.',
        required: true,
        form: 'list',
        placeholder: 'ops@example.com',
      }),
      field('from', 'From', { description: "Empty for the deployment's sender.", placeholder: 'pharos@example.com' }),
      field('smtpUrl', 'Mail server', {
        description: "Empty for the deployment's server.",
        secret: true,
        placeholder: 'smtps://user:password@mail.example.com:465',
      }),
    ],
  },
  pagerduty: {
    title: 'PagerDuty',
    description: 'Opens and resolves incidents through the Events API v2.',
    fields: [
      field('routingKey', 'Integration key', {
        description: 'Of an Events API v2 integration, 32 characters.',
        secret: true,
        required: true,
      }),
      field('url', 'Events address', {
        description: 'Empty for the default; accounts of the EU region have one of their own.',
        placeholder: 'https://events.eu.pagerduty.com/v2/enqueue',
      }),
    ],
  },
};

export const RECEIVER_KIND_NAMES = [
  'webhook',
  'slack',
  'email',
  'pagerduty',
] as const satisfies readonly ReceiverKind[];

/** Where it leads, in a few words; what is secret stays so. */
export function describeTarget({ kind, settings }: Pick<ReceiverView, 'kind' | 'settings'>): string {
  const { url, to } = settings;
  if (Array.isArray(to)) {
    return to.join(', ');
  }
  if (typeof url === 'string') {
    return url;
  }
  return kind === 'slack' ? 'a Slack channel' : RECEIVER_FORMS[kind].title;
}
