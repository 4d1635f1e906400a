import { epochMs } from '../../core/units.ts';
import type { ReceiverView } from '../../api/routing.ts';
import { describeTarget } from './receiverFields.ts';
import { emptyReceiver, readReceiver, receiverFieldOf, receiverFormOf } from './receiverForm.ts';

const receiver = (change: Partial<ReceiverView>): ReceiverView => ({
  name: 'inbox',
  kind: 'webhook',
  settings: {
    url: { set: true, origin: 'https://example.com' },
    secret: { set: true },
    bearerToken: { set: false },
    basicUser: 'ops',
  },
  updatedAt: epochMs(0),
  updatedBy: 'ada',
  lastDelivery: null,
  queued: 0,
  testedAt: null,
  ...change,
});

describe('readReceiver', () => {
  it('says what is missing, by field', () => {
    expect(readReceiver(emptyReceiver('email'))).toEqual({
      ok: false,
      errors: {
        name: 'Enter a name of letters, digits, dots, dashes or underscores, such as shop-pager.',
        to: 'To must not be empty.',
      },
    });
  });

  it('leaves a secret out that stays, and sends one that was replaced or emptied', () => {
    const form = receiverFormOf(receiver({}));
    const settingsOf = (changed: typeof form) => {
      const read = readReceiver(changed);
      return read.ok ? read.input.settings : read.errors;
    };
    expect([...form.kept]).toEqual([
      ['url', 'https://example.com/…'],
      ['secret', undefined],
    ]);
    expect(settingsOf(form)).toEqual({ bearerToken: '', basicUser: 'ops', basicPassword: '' });
    const url = new Map([['url', 'https://example.com/…']]);
    const replaced = { ...form, kept: url, values: { ...form.values, secret: 'whsec_abc' } };
    expect(settingsOf(replaced)).toMatchObject({ secret: 'whsec_abc' });
    expect(settingsOf({ ...form, kept: url })).toMatchObject({ secret: '' });
  });

  it('asks for a required secret only where there is none', () => {
    const slack = receiverFormOf(receiver({ kind: 'slack', settings: { url: { set: true } } }));
    expect(readReceiver(slack)).toEqual({ ok: true, input: { name: 'inbox', kind: 'slack', settings: {} } });
    expect(readReceiver({ ...slack, kept: new Map() })).toEqual({
      ok: false,
      errors: { url: 'Webhook URL must not be empty.' },
    });
  });

  it('splits a list', () => {
    const read = readReceiver({ ...emptyReceiver('email'), name: 'ops', values: { to: 'a@x.org, b@x.org c@x.org' } });
    expect(read.ok && read.input.settings).toEqual({ to: ['a@x.org', 'b@x.org', 'c@x.org'], smtpUrl: '' });
  });
});

describe('receiverFieldOf', () => {
  it.each([
    ['settings.to.0', 'to'],
    ['settings.to[0]', 'to'],
    ['settings.url', 'url'],
    ['name', 'name'],
  ])('puts %s beside %s', (path, field) => {
    expect(receiverFieldOf(path)).toBe(field);
  });
});

describe('describeTarget', () => {
  it('names where it leads without a secret', () => {
    expect(describeTarget(receiver({}))).toBe('https://example.com/…');
    expect(describeTarget({ kind: 'webhook', settings: { url: { set: false } } })).toBe('Webhook');
    expect(describeTarget({ kind: 'email', settings: { to: ['a@x.org', 'b@x.org'] } })).toBe('a@x.org, b@x.org');
    expect(describeTarget({ kind: 'slack', settings: { url: { set: true, origin: 'https://hooks.slack.com' } } })).toBe(
      'a Slack channel'
    );
  });
});
