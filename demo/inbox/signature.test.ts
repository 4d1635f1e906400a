import fc from 'fast-check';
import { findFlaw, parseSecret, sign } from './signature.ts';

/** The published example of Standard Webhooks. */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const key = parseSecret(example.secret);
const sentAt = Number(example.timestamp);

describe('findFlaw', () => {
  it('accepts the published example', () => {
    expect(sign(key, example)).toBe(example.signature);
    expect(findFlaw(key, example, sentAt)).toBeUndefined();
  });

  it('accepts one good signature among several', () => {
    const signature = `v1,${'A'.repeat(43)}= v2,x ${example.signature}`;
    expect(findFlaw(key, { ...example, signature }, sentAt)).toBeUndefined();
  });

  it.each([
    [{ id: '' }, 'The header webhook-id is missing.'],
    [{ timestamp: '' }, 'The header webhook-timestamp is missing.'],
    [{ signature: '' }, 'The header webhook-signature is missing.'],
    [{ timestamp: 'now' }, 'The header webhook-timestamp is not a number of seconds.'],
    [{ signature: 'v1,short' }, 'The signature does not match the body and the secret.'],
    [{ signature: example.signature.replace('v1', 'v2') }, 'The signature does not match the body and the secret.'],
    [{ body: '{"test": 2432232315}' }, 'The signature does not match the body and the secret.'],
    [{ id: 'msg_other' }, 'The signature does not match the body and the secret.'],
  ])('refuses %j', (change, sentence) => {
    expect(findFlaw(key, { ...example, ...change }, sentAt)).toBe(sentence);
  });

  it('refuses what is more than five minutes old or ahead', () => {
    expect(findFlaw(key, example, sentAt + 300)).toBeUndefined();
    expect(findFlaw(key, example, sentAt + 301)).toBe('The request is 301 s old: at most 300 s are allowed.');
    expect(findFlaw(key, example, sentAt - 301)).toBe('The request is 301 s ahead: at most 300 s are allowed.');
  });

  it('finds every body that is not the one that was signed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (signed, received) => {
        const request = { ...example, body: signed };
        const signature = sign(key, request);
        const genuine = findFlaw(key, { ...request, signature, body: received }, sentAt) === undefined;
        return genuine === (signed === received);
      })
    );
  });
});

describe('parseSecret', () => {
  it.each([
    ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'expected whsec_ followed by base64'],
    ['whsec_not base64', 'expected whsec_ followed by base64'],
    ['whsec_c2hvcnQ=', 'holds 5 bytes: expected 24 to 64'],
  ])('refuses %s without repeating it', (secret, sentence) => {
    expect(() => parseSecret(secret)).toThrow(sentence);
    expect(() => parseSecret(secret)).not.toThrow(secret);
  });
});
