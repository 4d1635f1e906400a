import { RECEIVER_KINDS } from '../../src/api/routing.ts';
import { checkSettings, RECEIVERS, secretNames, splitSecrets } from './receivers.ts';

describe('RECEIVERS', () => {
  it('has exactly the kinds of the contract', () => {
    expect(Object.keys(RECEIVERS).toSorted()).toEqual([...RECEIVER_KINDS].toSorted());
  });

  it('names what is secret', () => {
    expect(RECEIVER_KINDS.map((kind) => [kind, ...secretNames(kind)])).toEqual([
      ['webhook', 'url', 'secret', 'bearerToken', 'basicPassword'],
      ['slack', 'url'],
      ['email', 'smtpUrl'],
      ['pagerduty', 'routingKey'],
    ]);
  });

  it('splits settings into what is shown and what is encrypted', () => {
    expect(splitSecrets('webhook', { url: 'https://x/', secret: 's', basicUser: 'u' })).toEqual({
      settings: { basicUser: 'u' },
      secrets: { url: 'https://x/', secret: 's' },
    });
  });
});

describe('checkSettings', () => {
  it('joins the refusals of the guard, without the path of the address', () => {
    const settings = { url: 'https://10.0.0.1/services/very-secret' };
    const errors = checkSettings('slack', settings, { allow: [] });
    expect(errors).toEqual([
      { path: 'settings.url', message: expect.stringContaining('10.0.0.1 is a private address') },
    ]);
    expect(JSON.stringify(errors)).not.toContain('very-secret');
    expect(checkSettings('slack', settings, { allow: ['10.0.0.0/8'] })).toEqual([]);
  });

  it('says first what is wrong with the form', () => {
    expect(checkSettings('slack', { url: 7 }, { allow: [] })).toEqual([
      { path: 'settings.url', message: 'expected an address' },
    ]);
  });
});
