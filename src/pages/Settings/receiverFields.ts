import type { ReceiverView } from '../../api/routing.ts';
import { t } from '../../i18n/t.ts';

export type ReceiverKind = ReceiverView['kind'];

export interface ReceiverField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Never answered by the engine: the form knows only whether there is one. */
  readonly secret: boolean;
  readonly required: boolean;
  /** `list`: several values, separated by commas or spaces. `address`: seen while it is typed, secret or not. */
  readonly form: 'text' | 'list' | 'address';
  readonly placeholder: string;
}

export interface ReceiverKindForm {
  readonly title: string;
  readonly description: string;
  readonly fields: readonly ReceiverField[];
}

interface FieldWords {
  readonly label: () => string;
  readonly description: () => string;
}

/** The words are asked for when they are shown: this file loads before the language does. */
const field = (
  name: string,
  { label, description }: FieldWords,
  rest: Partial<Omit<ReceiverField, 'label' | 'description'>> = {}
): ReceiverField => ({
  name,
  secret: false,
  required: false,
  form: 'text',
  placeholder: '',
  ...rest,
  get label() {
    return label();
  },
  get description() {
    return description();
  },
});

/** The settings of each kind, as the engine checks them. */
export const RECEIVER_FORMS: Readonly<Record<ReceiverKind, ReceiverKindForm>> = {
  webhook: {
    title: 'Webhook',
    get description() {
      return t(
        'settings.receiver-fields.posts-each-notification-as-json',
        'POSTs each notification as JSON, signed as Standard Webhooks describes.'
      );
    },
    fields: [
      field(
        'url',
        {
          label: () => t('settings.receiver-fields.address', 'Address'),
          description: () =>
            t(
              'settings.receiver-fields.where-to-post-https-unless',
              'Where to POST; must be https unless the deployment allows the address.'
            ),
        },
        { secret: true, required: true, form: 'address', placeholder: 'https://example.com/hooks/pharos' }
      ),
      field(
        'secret',
        {
          label: () => t('settings.receiver-fields.signing-secret', 'Signing secret'),
          description: () =>
            t(
              'settings.receiver-fields.whsec-and-base64-of-24',
              'whsec_ and base64 of 24 to 64 bytes; the other side uses it to verify requests.'
            ),
        },
        { secret: true, placeholder: 'whsec_…' }
      ),
      field(
        'bearerToken',
        {
          label: () => t('settings.receiver-fields.bearer-token', 'Bearer token'),
          description: () =>
            t('settings.receiver-fields.sent-as-authorization-bearer', 'Sent as Authorization: Bearer.'),
        },
        { secret: true }
      ),
      field('basicUser', {
        label: () => t('settings.receiver-fields.user-name', 'User name'),
        description: () =>
          t(
            'settings.receiver-fields.for-http-basic-authentication-instead',
            'For HTTP Basic authentication, instead of a bearer token.'
          ),
      }),
      field(
        'basicPassword',
        {
          label: () => t('settings.receiver-fields.password', 'Password'),
          description: () =>
            t('settings.receiver-fields.for-http-basic-authentication', 'For HTTP Basic authentication.'),
        },
        { secret: true }
      ),
    ],
  },
  slack: {
    title: 'Slack',
    get description() {
      return t(
        'settings.receiver-fields.writes-to-a-channel-through',
        'Posts to a channel through an incoming webhook.'
      );
    },
    fields: [
      field(
        'url',
        {
          label: () => t('settings.receiver-fields.webhook-url', 'Webhook URL'),
          description: () =>
            t(
              'settings.receiver-fields.of-the-channel-slack-shows',
              'Slack shows it when you add an incoming webhook to an app.'
            ),
        },
        { secret: true, required: true, form: 'address', placeholder: 'https://hooks.slack.com/services/…' }
      ),
    ],
  },
  email: {
    get title() {
      return t('settings.receiver-fields.email', 'Email');
    },
    get description() {
      return t(
        'settings.receiver-fields.sends-a-mail-per-notification',
        'Sends an email per notification, one thread per alert.'
      );
    },
    fields: [
      field(
        'to',
        {
          label: () => t('settings.receiver-fields.to', 'To'),
          description: () =>
            t('settings.receiver-fields.one-address-or-more-separated', 'One or more addresses, separated by commas.'),
        },
        { required: true, form: 'list', placeholder: 'ops@example.com' }
      ),
      field(
        'from',
        {
          label: () => t('settings.receiver-fields.from', 'From'),
          description: () =>
            t('settings.receiver-fields.empty-for-the-deployments-sender', "Leave empty for the deployment's sender."),
        },
        { placeholder: 'pharos@example.com' }
      ),
      field(
        'smtpUrl',
        {
          label: () => t('settings.receiver-fields.mail-server', 'Mail server'),
          description: () =>
            t('settings.receiver-fields.empty-for-the-deployments-server', "Leave empty for the deployment's server."),
        },
        { secret: true, placeholder: 'smtps://user:password@mail.example.com:465' }
      ),
    ],
  },
  pagerduty: {
    title: 'PagerDuty',
    get description() {
      return t(
        'settings.receiver-fields.opens-and-resolves-incidents-through',
        'Opens and resolves incidents through the Events API v2.'
      );
    },
    fields: [
      field(
        'routingKey',
        {
          label: () => t('settings.receiver-fields.integration-key', 'Integration key'),
          description: () =>
            t('settings.receiver-fields.of-an-events-api-v2', 'From an Events API v2 integration, 32 characters.'),
        },
        { secret: true, required: true }
      ),
      field(
        'url',
        {
          label: () => t('settings.receiver-fields.events-address', 'Events address'),
          description: () =>
            t(
              'settings.receiver-fields.empty-for-the-default-accounts',
              'Leave empty for the default; accounts in the EU region have their own.'
            ),
        },
        { placeholder: 'https://events.eu.pagerduty.com/v2/enqueue' }
      ),
    ],
  },
};

export const RECEIVER_KIND_NAMES = [
  'webhook',
  'slack',
  'email',
  'pagerduty',
] as const satisfies readonly ReceiverKind[];

export type Setting = ReceiverView['settings'][string] | undefined;

/** As much of a secret address as the engine tells, `https://example.org/…`; undefined for what is none. */
export const shownAddress = (setting: Setting): string | undefined =>
  typeof setting === 'object' && 'origin' in setting && setting.origin !== undefined
    ? `${setting.origin}/…`
    : undefined;

/** Where it leads, in a few words; what is secret stays so. */
export function describeTarget({ kind, settings }: Pick<ReceiverView, 'kind' | 'settings'>): string {
  const { url, to } = settings;
  if (Array.isArray(to)) {
    return to.join(', ');
  }
  if (typeof url === 'string') {
    return url;
  }
  const address = shownAddress(url);
  if (kind === 'webhook' && address !== undefined) {
    return address;
  }
  return kind === 'slack'
    ? t('settings.receiver-fields.a-slack-channel', 'a Slack channel')
    : RECEIVER_FORMS[kind].title;
}
