import { withoutAddresses } from './withoutAddresses.ts';

it.each([
  ['connect ECONNREFUSED 127.0.0.1:9090', 'connect ECONNREFUSED [address]'],
  ['connect ECONNREFUSED ::1 and [::1]:9090', 'connect ECONNREFUSED ::1 and [address]'],
  ['getaddrinfo ENOTFOUND prometheus.internal', 'getaddrinfo ENOTFOUND [address]'],
  [
    'dial tcp: lookup ingester-0.loki on 10.96.0.10:53: no such host',
    'dial tcp: lookup [address] on [address]: no such host',
  ],
  ['Get "http://user:pw@tempo:3200/api": connection refused', 'Get "[address]": connection refused'],
  ['rpc error: ingester-0.loki.svc:9095 is gone', 'rpc error: [address] is gone'],
  ['localhost:9090: connection reset', '[address]: connection reset'],
  [
    'and refused two@shop.example (550), ops+night@mail.shop.example (550)',
    'and refused [address] (550), [address] (550)',
  ],
  [
    "Host: mail.corp. is not in the cert's altnames: DNS:other.corp, DNS:*.corp",
    "Host: [address] is not in the cert's altnames: DNS:[address], DNS:[address]",
  ],
])('takes addresses out of %s', (text, without) => {
  expect(withoutAddresses(text)).toBe(without);
});

it.each([
  'query timed out in expression evaluation',
  'no healthy upstream',
  'parse error at line 1:15: unexpected identifier',
  'at 12:30:05, 500 of 1000: too many outstanding requests',
  'version 3.5.0 does not know it',
])('leaves alone: %s', (text) => {
  expect(withoutAddresses(text)).toBe(text);
});

// By a pattern that may begin anywhere and end nowhere each of these takes minutes.
it.each(['a.', '-a', '[:', ':', '1'])('comes to an end with a long run of %j', (piece) => {
  const words = `[${piece.repeat(500_000)}!`;
  expect(withoutAddresses(`${words} at http://tempo:3200`)).toBe(`${words} at [address]`);
});
