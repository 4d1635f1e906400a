import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { checkDestination, checkMailServer, checkUrl, guardedDispatcher, type Resolve } from './guard.ts';

const none = { allow: [] };
const publicly: Resolve = () => Promise.resolve(['93.184.216.34', '2606:2800:220:1::1']);
const to =
  (...addresses: readonly string[]): Resolve =>
  () =>
    Promise.resolve(addresses);

const refused = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason
  );
  expect(error).toMatchObject({ code: 'guarded_address' });
  return error instanceof Error ? error.message : '';
};

/** Each leads, on some stack or other, to this machine, its network or its cloud's credentials. */
const HOSTILE = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://①②⑦.⓪.⓪.①/',
  'https://127.0.0.1./',
  'https://0.0.0.0/',
  'https://0/',
  'https://[::]/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a9fe:a9fe]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fd12:3456::1]/',
  'https://[ff02::1]/',
  'https://[100::1]/',
  'https://[5f00::1]/',
  'https://[2001:db8::1]/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://100.100.100.200/latest/meta-data',
  'https://169.254.169.254/latest/meta-data',
  'https://0xa9fea9fe/',
  'https://[::ffff:169.254.169.254]/',
  'https://168.63.129.16/',
  'https://192.0.0.192/',
  'https://192.0.2.1/',
  'https://192.88.99.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
];

/** Not a place but a form: another scheme, credentials, characters that parsers see differently, ports of other protocols. */
const MALFORMED = [
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'javascript:alert(1)',
  'https://user:secret@example.com/',
  'https://user@example.com/',
  'https://@example.com/',
  'https://example.com\\@127.0.0.1/',
  'https://exa\nmple.com/',
  ' https://example.com/',
  'https://example.com/a b',
  'https://example.com:22/',
  'https://example.com:25/',
  'https://example.com:6667/',
  'https://example.com:0/',
  'https://',
  'example.com',
  '',
  `https://example.com/${'a'.repeat(2048)}`,
];

describe('checkDestination', () => {
  it.each(HOSTILE)('refuses %s', async (url) => {
    await refused(checkDestination(url, none, publicly));
  });

  it.each(MALFORMED)('refuses the form %j', async (url) => {
    await refused(checkDestination(url, none, publicly));
  });

  it.each(HOSTILE)('refuses a name that leads to the address of %s', async (url) => {
    const literal = new URL(url).hostname.replace(/^\[|\]$/g, '');
    const message = await refused(checkDestination('https://innocent.example/', none, to('93.184.216.34', literal)));
    expect(message).toContain('innocent.example resolves to');
  });

  it.each(['https://example.com/', 'https://example.com:8443/hook?x=1', 'https://93.184.216.34/'])(
    'lets %s through',
    async (url) => {
      const destination = await checkDestination(url, none, publicly);
      expect(destination.addresses).toContain('93.184.216.34');
      expect(destination.opened).toBe(false);
    }
  );

  it('says what was wrong and what was expected, and never repeats the path', async () => {
    const message = await refused(checkDestination('https://10.0.0.5/services/T0/very-secret', none, publicly));
    expect(message).toBe(
      '10.0.0.5 is a private address: expected a public address, or one that PHAROS_EGRESS_ALLOW opens.'
    );
    expect(await refused(checkDestination('http://user:very-secret@x/', none, publicly))).not.toContain('very-secret');
  });

  it.each([
    ['0.0.0.0', 'is an unspecified address'],
    ['100.64.0.1', 'is a carrier-grade NAT address'],
    ['[fe80::1]', 'is a link-local address'],
    ['[fd12:3456::1]', 'is a unique local address'],
    ['[::127.0.0.1]', 'is an IPv4-compatible address'],
  ])('says in words what %s is', async (host, words) => {
    expect(await refused(checkDestination(`https://${host}/`, none, publicly))).toContain(words);
  });

  it('refuses a name without addresses, but as something that may pass', async () => {
    await expect(checkDestination('https://example.com/', none, to())).rejects.toThrow(
      'no address is known for example.com'
    );
  });
});

describe('what the deployment opens', () => {
  it('by host and port: http and private addresses, of exactly that place', async () => {
    const policy = { allow: ['demo-inbox:8025', '127.0.0.1:9408', '[::1]:9408'] };
    expect(await checkDestination('http://demo-inbox:8025/webhook', policy, to('172.18.0.4'))).toMatchObject({
      addresses: ['172.18.0.4'],
      opened: true,
    });
    expect((await checkDestination('http://127.0.0.1:9408/', policy, publicly)).addresses).toEqual(['127.0.0.1']);
    expect((await checkDestination('http://[::1]:9408/', policy, publicly)).addresses).toEqual(['::1']);
    await refused(checkDestination('http://demo-inbox:8026/', policy, to('172.18.0.4')));
    await refused(checkDestination('http://127.0.0.1:9409/', policy, publicly));
  });

  it('by range: addresses in it, named or literal, by http too', async () => {
    const policy = { allow: ['10.0.0.0/8', 'fd12::/16', '192.168.7.7'] };
    await checkDestination('http://10.1.2.3:8080/', policy, publicly);
    await checkDestination('http://hooks.internal/', policy, to('10.1.2.3', 'fd12::5'));
    await checkDestination('https://192.168.7.7/', policy, publicly);
    await refused(checkDestination('https://192.168.7.8/', policy, publicly));
    await refused(checkDestination('http://hooks.internal/', policy, to('10.1.2.3', '192.168.0.1')));
    await refused(checkDestination('http://example.com/', policy, publicly));
  });

  it.each(['169.254.169.254', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254', '::ffff:169.254.169.254'])(
    'never the metadata service %s',
    async (address) => {
      const policy = { allow: ['0.0.0.0/0', '::/0', 'meta.example:80'] };
      const literal = address.includes(':') ? `[${address}]` : address;
      await refused(checkDestination(`http://${literal}/`, policy, publicly));
      await refused(checkDestination('http://meta.example:80/', policy, to(address)));
    }
  );

  it('is refused as a setting when it is neither range, address nor place', () => {
    expect(() => checkUrl('https://example.com/', { allow: ['everything'] })).toThrow(
      'EGRESS_ALLOW has "everything": expected a CIDR such as 10.0.0.0/8, an address, or host:port.'
    );
  });
});

describe('checkUrl', () => {
  it('needs no look-up for what is wrong by itself', () => {
    expect(() => checkUrl('http://example.com/', none)).toThrow('expected https');
    expect(() => checkUrl('https://10.0.0.1/', none)).toThrow('private');
    expect(checkUrl('https://Example.COM./x', none)).toMatchObject({ host: 'example.com', port: 443 });
  });
});

describe('checkMailServer', () => {
  it('takes ports of mail servers at public addresses', async () => {
    const place = { host: 'mail.example.com', port: 587 };
    expect(await checkMailServer(place, none, publicly)).toMatchObject({ opened: false, port: 587 });
    await refused(checkMailServer({ ...place, port: 6379 }, none, publicly));
    await refused(checkMailServer(place, none, to('10.0.0.25')));
    await refused(checkMailServer({ host: '127.0.0.1', port: 25 }, none, publicly));
    const policy = { allow: ['mail.example.com:1025'] };
    expect(await checkMailServer({ ...place, port: 1025 }, policy, to('10.0.0.25'))).toMatchObject({ opened: true });
  });
});

describe('guardedDispatcher', () => {
  it('connects to the checked address, whatever the name resolves to later', async () => {
    const server = createServer((incoming, response) => response.end(incoming.headers.host));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let lookups = 0;
    const rebinding: Resolve = () => {
      lookups += 1;
      return Promise.resolve(['127.0.0.1']);
    };
    const url = `http://no-such-name.invalid:${port}/`;
    const destination = await checkDestination(url, { allow: [`no-such-name.invalid:${port}`] }, rebinding);
    const dispatcher = guardedDispatcher(destination);
    const { body } = await request(url, { dispatcher });
    expect(await body.text()).toBe(`no-such-name.invalid:${port}`);
    expect(lookups).toBe(1);
    await dispatcher.close();
    server.close();
  });
});
