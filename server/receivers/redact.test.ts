import { redact } from './redact.ts';

const secrets = {
  url: 'https://hooks.slack.com/services/T000/B000/XXXXsecretXXXX',
  smtpUrl: 'smtps://mailer:p%40ss-word@mail.example.com:465',
  routingKey: '0123456789abcdef0123456789abcdef',
  short: 'ab',
};

describe('redact', () => {
  it.each([
    ['whole', secrets.url],
    ['as a path', 'POST /services/T000/B000/XXXXsecretXXXX failed'],
    ['as an encoded password', 'login with p%40ss-word refused'],
    ['as a decoded password', 'login with p@ss-word refused'],
    ['in base64', `AUTH PLAIN ${Buffer.from('p@ss-word').toString('base64')}`],
    ['as a key', `routing_key ${secrets.routingKey} is unknown`],
  ])('takes a secret out %s', (_, text) => {
    const clean = redact(text, secrets);
    expect(clean).toContain('[secret]');
    expect(clean).not.toMatch(/XXXXsecretXXXX|p%40ss-word|p@ss-word|cEBzcy13b3Jk|0123456789abcdef/);
  });

  it('leaves other words alone', () => {
    expect(redact('could not be reached: about 443', secrets)).toBe('could not be reached: about 443');
  });
});
