import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { addMs, days, hours } from '../../src/core/units.ts';
import { systemClock, type Clock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { createSecrets } from '../secrets.ts';
import { json, plain, startFakeStore, vector, type Answer, type FakeStore } from '../sources/fakeStore.fixture.ts';
import { writeBackup } from '../store/backup/writeBackup.ts';
import { backupName } from '../store/backup/backupFile.ts';
import { openStore } from '../store/openStore.ts';
import type { Transaction } from '../store/store.ts';
import { sampleJob, sampleReceiver, sampleSource } from '../store/testing/samples.ts';
import { runDoctor, type Line } from './runDoctor.ts';

let dataDir: string;
let fakes: FakeStore[];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-doctor-'));
  fakes = [];
});
afterEach(async () => {
  await Promise.all(fakes.map((fake) => fake.close()));
  rmSync(dataDir, { recursive: true, force: true });
});

const environment = (env: Record<string, string> = {}) => ({ PHAROS_DATA_DIR: dataDir, PHAROS_PORT: '0', ...env });

const resolve = (host: string) => Promise.resolve(host.endsWith('.example') ? ['93.184.215.14'] : ['10.0.0.7']);

/** What the report says under one heading. */
async function diagnose(
  check: string,
  env: Record<string, string> = {},
  clock: Clock = systemClock
): Promise<string[]> {
  const lines = await runDoctor(environment(env), { clock, resolve });
  return lines.filter((line) => line.check === check).map(({ level, text }: Line) => `${level}: ${text}`);
}

/** A store and secrets, as an engine leaves them. */
async function engineWasHere(work: (tx: Transaction) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  loadConfig(environment());
  const store = await openStore({ databaseUrl: null, dataDir });
  await store.write(async (tx) => {
    await work(tx);
  });
  await store.close();
}

async function fakeOf(answer: Answer): Promise<FakeStore> {
  const fake = await startFakeStore(answer);
  fakes.push(fake);
  return fake;
}

it('finds nothing wrong where nothing is yet, and makes nothing', async () => {
  rmSync(dataDir, { recursive: true });
  const lines = await runDoctor(environment(), { resolve });
  expect(lines.filter(({ level }) => level !== 'ok').map(({ check }) => check)).toEqual(['sources']);
  expect(new Set(lines.map(({ check }) => check)).size).toBe(13);
  expect(() => rmSync(dataDir)).toThrow('ENOENT');
  mkdirSync(dataDir);
});

it('stops at settings that an engine would refuse', async () => {
  const lines = await runDoctor(environment({ PHAROS_PROMETEUS_URL: 'http://x', PHAROS_BACKUP_KEEP: '0' }));
  expect(lines).toEqual([
    {
      ...{ check: 'configuration', level: 'problem', advice: expect.stringContaining('the engine does not start') },
      text: 'The environment variable PHAROS_PROMETEUS_URL is not a setting. Did you mean PHAROS_PROMETHEUS_URL?',
    },
  ]);
});

it('looks at settings that are valid but hardly meant', async () => {
  expect(await diagnose('configuration')).toEqual(['ok: All settings are known and valid.']);
  expect(await diagnose('configuration', { PHAROS_LISTEN: '0.0.0.0' })).toEqual([
    'warning: The engine listens on 0.0.0.0, but has no public address: links in notifications lead to 127.0.0.1.',
  ]);
  expect(await diagnose('configuration', { PHAROS_PUBLIC_URL: 'http://pharos.example' })).toEqual([
    'warning: http://pharos.example is not https: sessions and tokens cross the network in the clear.',
  ]);
});

it('finds files that others may read, and a directory that they may write', async () => {
  await engineWasHere();
  expect(await diagnose('data directory')).toEqual([
    `ok: ${dataDir} can be written, and holds nothing that others may read.`,
  ]);
  chmodSync(path.join(dataDir, 'pharos.db'), 0o644);
  chmodSync(dataDir, 0o777);
  expect(await diagnose('data directory')).toEqual([
    `problem: Other users of this machine can read ${path.join(dataDir, 'pharos.db')}.`,
    `problem: Other users of this machine can write to ${dataDir}.`,
  ]);
});

it('finds secrets that are missing, short or open', async () => {
  await engineWasHere();
  expect(await diagnose('secrets')).toEqual(['ok: All 5 are there, long enough, and readable by their owner only.']);
  const file = (name: string) => path.join(dataDir, 'secrets', name);
  rmSync(file('secret_key'));
  rmSync(file('relay_secret'));
  writeFileSync(file('intake_token'), 'short');
  chmodSync(file('admin_token'), 0o640);
  expect(await diagnose('secrets', { PHAROS_GRAFANA_HMAC_SECRET: 'x'.repeat(32) })).toEqual([
    `warning: relay_secret is missing from ${path.join(dataDir, 'secrets')}.`,
    `problem: ${file('secret_key')} is missing, but there is a store: what it holds encrypted cannot be read.`,
    `problem: Other users of this machine can read ${file('admin_token')}.`,
    `problem: ${file('intake_token')} holds fewer than 32 characters.`,
  ]);
});

it('examines the store beside the engine that has it', async () => {
  await engineWasHere();
  const store = await openStore({ databaseUrl: null, dataDir });
  expect(await diagnose('store')).toEqual([
    expect.stringMatching(/^ok: SQLite of 0\.\d MB, schema 00\d\d_\w+, whole\.$/),
  ]);
  await store.close();
  const file = path.join(dataDir, 'pharos.db');
  const execute = (statement: string): void => {
    const database = new DatabaseSync(file);
    database.exec(statement);
    database.close();
  };
  execute(`insert into kysely_migration values ('0999_future', '2030')`);
  expect(await diagnose('store')).toEqual([
    'problem: The store has the schema "0999_future" of a newer Pharos than this one.',
  ]);
  execute(`delete from kysely_migration where name > '0001_initial'`);
  expect(await diagnose('store')).toEqual([
    expect.stringMatching(/^warning: The store is of an older version: it lacks 0002_seen_requests/),
  ]);
  writeFileSync(file, 'no database at all, though long enough to be taken for one'.repeat(50));
  expect((await diagnose('store'))[0]).toMatch(/^problem: The store cannot be opened: .*file is not a database\.$/);
});

it('says when PostgreSQL is not to be had', async () => {
  expect(await diagnose('store', { PHAROS_DATABASE_URL: 'postgres://127.0.0.1:1/x' })).toEqual([
    expect.stringMatching(/^problem: The store cannot be opened: .*connect ECONNREFUSED/),
  ]);
});

it('asks for a backup that is not older than two nights', async () => {
  expect(await diagnose('backups')).toEqual(['ok: There is nothing to back up yet.']);
  await engineWasHere();
  expect((await diagnose('backups'))[0]).toMatch(/^ok: There are none in .* yet; the engine makes the first/);
  expect((await diagnose('backups', { PHAROS_BACKUP_AT: 'off' }))[0]).toMatch(/^warning: There are none in/);
  const createdAt = systemClock.now();
  const file = path.join(dataDir, 'backups', backupName(createdAt));
  await writeBackup({ databaseUrl: null, dataDir }, file, { version: '1', createdAt });
  expect((await diagnose('backups'))[0]).toMatch(/^ok: The newest is of 20.*, 0\.\d MB\.$/);
  const later: Clock = { ...systemClock, now: () => addMs(createdAt, days(3)) };
  expect((await diagnose('backups', {}, later))[0]).toMatch(/^warning: The newest is of/);
});

describe('the port', () => {
  let server: Server;
  let body: string;
  beforeEach(async () => {
    server = createServer((_request, response) => response.end(body));
    await new Promise<void>((resolve_) => server.listen(0, '127.0.0.1', resolve_));
  });
  afterEach(() => new Promise((resolve_) => server.close(resolve_)));

  it('may be free, an engine’s, or somebody else’s', async () => {
    const { port } = server.address() as AddressInfo;
    const env = { PHAROS_PORT: String(port) };
    body = '{"status":"ok"}';
    expect(await diagnose('ports', env)).toEqual([`ok: An engine answers on 127.0.0.1:${port}.`]);
    body = 'It works!';
    expect(await diagnose('ports', env)).toEqual([`problem: Another program than an engine has 127.0.0.1:${port}.`]);
    expect(await diagnose('ports')).toEqual(['ok: 127.0.0.1:0 is free; no engine runs there.']);
    expect((await diagnose('ports', { PHAROS_LISTEN: '192.0.2.1' }))[0]).toMatch(
      /^problem: The engine cannot listen on 192.0.2.1:0: EADDRNOTAVAIL/
    );
  });
});

const nowVector: Answer = (seen, response) => vector([[{}, String(Date.now() / 1000)]])(seen, response);

describe('sources', () => {
  it('are asked as the engine asks them, those of the store too', async () => {
    const well = await fakeOf(nowVector);
    const shut = await fakeOf(json({ error: 'who are you?' }, 401));
    await engineWasHere(async (tx) => {
      const { secretKey } = loadConfig(environment());
      const secret = createSecrets(secretKey).encrypt('a token');
      await tx.sources.save(sampleSource({ id: 'a', name: 'eu', url: shut.url, secret }));
      await tx.sources.save(sampleSource({ id: 'b', name: 'us', url: 'http://10.0.0.9', secret: 'v1.none.of.this' }));
    });
    const env = { PHAROS_PROMETHEUS_URL: well.url, PHAROS_EGRESS_ALLOW: '127.0.0.0/8' };
    expect(await diagnose('sources', env)).toEqual([
      expect.stringMatching(new RegExp(`^ok: Prometheus at ${well.url} answers within \\d+ ms\\.$`)),
      expect.stringMatching(new RegExp(`^problem: eu at ${shut.url} .*401`)),
      'problem: us: its token cannot be decrypted with the key of this data directory.',
    ]);
    expect(shut.seen[0]?.headers.authorization).toBe('Bearer a token');
  });

  it('are told apart by how new their data is', async () => {
    const fake = await fakeOf(vector([[{}, '1700000000']]));
    expect(await diagnose('sources', { PHAROS_PROMETHEUS_URL: fake.url })).toEqual([
      'warning: Prometheus answers, but its newest data is of 2023-11-14T22:13:20.000Z.',
    ]);
  });

  it('show by their Date whether the clock is right', async () => {
    const dated =
      (ms: number): Answer =>
      (_seen, response) => {
        response.setHeader('date', new Date(Date.now() + ms).toUTCString());
        response.end('{}');
      };
    const fake = await fakeOf(dated(0));
    const env = { PHAROS_PROMETHEUS_URL: fake.url };
    expect(await diagnose('clock', env)).toEqual(["ok: This machine's clock agrees with Prometheus."]);
    fake.answer = dated(-hours(1));
    expect((await diagnose('clock', env))[0]).toMatch(/^problem: The clock of Prometheus is 3(599|600|601) s behind/);
    fake.answer = dated(20_000);
    expect((await diagnose('clock', env))[0]).toMatch(/^warning: The clock of Prometheus is (19|20|21) s ahead of/);
  });

  it('must keep a month', async () => {
    const fake = await fakeOf(json({ status: 'success', data: { storageRetention: '15d or 50GiB' } }));
    const env = { PHAROS_PROMETHEUS_URL: fake.url };
    expect((await diagnose('retention', env))[0]).toMatch(/^warning: Prometheus keeps 15d of data/);
    fake.answer = json({ status: 'success', data: { storageRetention: '100d' } });
    expect(await diagnose('retention', env)).toEqual(['ok: Prometheus keeps 100d of data.']);
    fake.answer = json({}, 404);
    expect((await diagnose('retention', env))[0]).toMatch(/^ok: No source of the deployment says/);
  });

  it('must be as long for log lines and traces', async () => {
    const loki = await fakeOf(
      plain('compactor: { retention_enabled: true }\nlimits_config: { retention_period: 168h }')
    );
    const tempo = await fakeOf(plain('compactor: { compaction: { block_retention: 744h0m0s } }'));
    expect(await diagnose('retention', { PHAROS_LOKI_URL: loki.url, PHAROS_TEMPO_URL: tempo.url })).toEqual([
      'warning: Loki keeps 1w of data; the log lines beside an older alert are gone.',
      'ok: Tempo keeps 31d of data.',
    ]);
  });
});

describe('receivers', () => {
  it('must be there, with a route, and have taken what was sent', async () => {
    await engineWasHere();
    expect(await diagnose('receivers')).toEqual(['warning: There is no receiver: nobody is told of any alert.']);
    await engineWasHere(async (tx) => {
      await tx.receivers.save(sampleReceiver({ secrets: '', lastDeliveryError: 'answered 500', lastDeliveryAt: null }));
      await tx.receivers.save(sampleReceiver({ secrets: '', name: 'new' }));
      await tx.jobs.enqueue([sampleJob()]);
    });
    expect(await diagnose('receivers')).toEqual([
      'problem: The last delivery to demo-inbox failed: answered 500',
      'warning: Nothing was ever sent to new.',
      'warning: There are no routes: alerts reach no receiver.',
      'problem: A notification has waited since 2026-01-01T00:00:00.000Z.',
    ]);
  });

  it('must be let out', async () => {
    await engineWasHere(async (tx) => {
      await tx.receivers.save(
        sampleReceiver({ name: 'out', settings: { url: 'https://hooks.example/x' }, secrets: '' })
      );
      await tx.receivers.save(
        sampleReceiver({
          ...{ name: 'in', namespace: 'org-2' },
          ...{ settings: { url: 'https://chat.internal/x' }, secrets: '' },
        })
      );
      await tx.receivers.save(sampleReceiver({ name: 'locked', secrets: 'v1.encrypted' }));
    });
    const locked = 'problem: The secrets of locked cannot be decrypted with the key of this data directory.';
    expect(await diagnose('egress')).toEqual([
      locked,
      expect.stringMatching(
        /^problem: in cannot be reached: chat.internal resolves to 10.0.0.7, which is a private address/
      ),
    ]);
    expect(await diagnose('egress', { PHAROS_EGRESS_ALLOW: '10.0.0.0/8' })).toEqual([locked]);
    expect((await diagnose('egress', { PHAROS_EGRESS_ALLOW: '0.0.0.0/0' }))[0]).toMatch(
      /^warning: .* opens 0.0.0.0\/0/
    );
  });
});

describe('Grafana', () => {
  const PARTS = ['pharos-observability-datasource', 'pharos-alerts-panel', 'pharos-traces-panel'];
  const answers: Record<string, Answer> = {};
  const grafana: Answer = (seen, response) => (answers[seen.path] ?? json({}, 404))(seen, response);
  beforeEach(() => {
    delete answers['/api/v1/provisioning/contact-points'];
    Object.assign(answers, {
      '/api/org': json({ id: 1 }),
      '/api/plugins/pharos-observability-app/settings': json({ enabled: true }),
      '/api/datasources/uid/pharos': json({ url: '' }),
      '/api/datasources/uid/pharos/health': json({ status: 'OK' }),
      ...Object.fromEntries(PARTS.map((id) => [`/api/plugins/${id}/settings`, json({ enabled: false })])),
      '/api/v1/provisioning/policies': json({ receiver: 'pharos' }),
      '/pharos/api/v1/me': json({ status: 401, code: 'unauthenticated', detail: 'Send a token.' }, 401),
    });
  });

  const contactPoints = (url: string): Answer =>
    json([{ name: 'pharos', type: 'webhook', settings: { url: `${url}/api/v1/intake/grafana` } }]);

  const ask = async (token = 'glsa_1') => {
    const fake = await fakeOf(grafana);
    answers['/api/v1/provisioning/contact-points'] ??= contactPoints(`${fake.url}/pharos`);
    const lines = await diagnose('grafana', { PHAROS_GRAFANA_URL: fake.url, PHAROS_GRAFANA_TOKEN: token });
    return { fake, lines };
  };

  it('is looked at with a token, and how without one is said', async () => {
    const { fake, lines } = await ask();
    expect(lines).toEqual([
      'ok: The app is there and enabled.',
      'ok: The data source reaches the engine.',
      `ok: The contact point pharos sends Grafana's alerts here, and an engine answers at ${fake.url}/pharos.`,
      'ok: The default notification policy sends to pharos.',
    ]);
    expect(fake.seen.find(({ path: asked }) => asked === '/api/org')?.headers.authorization).toBe('Bearer glsa_1');
    expect(await diagnose('grafana', { PHAROS_GRAFANA_URL: fake.url })).toEqual([
      `warning: The settings of Grafana at ${fake.url} were not looked at: there is no token for it.`,
    ]);
  });

  it.each([
    ['/api/org', json({}, 401), 'problem: Grafana refuses these credentials (401).'],
    ['/api/plugins/pharos-observability-app/settings', json({}, 404), /^problem: Grafana has no app/],
    ['/api/plugins/pharos-observability-app/settings', json({ enabled: false }), /^warning: .* not enabled/],
    ['/api/datasources/uid/pharos', json({}, 404), /^warning: Grafana has no data source/],
    ['/api/datasources/uid/pharos', json({ url: 'http://engine' }), /^problem: The data source has a URL/],
    ['/api/datasources/uid/pharos/health', json({ message: 'refused' }, 400), /does not reach the engine: refused\./],
    ['/api/plugins/pharos-alerts-panel/settings', json({}, 404), /^problem: .* not loaded pharos-alerts-panel of/],
    ['/pharos/api/v1/me', json({}, 404), /^problem: .* sends to http:.*\/pharos, where no engine answers \(404\)\.$/],
    [
      '/pharos/api/v1/me',
      json({ status: 403, code: 'forbidden', detail: 'The host "grafana" is not known here.' }, 403),
      /^problem: .* where the engine refuses it: The host "grafana" is not known here\.$/,
    ],
    ['/api/v1/provisioning/contact-points', contactPoints('http://127.0.0.1:1'), /^warning: .* cannot be reached from/],
    ['/api/v1/provisioning/policies', json({ receiver: 'mail', routes: [] }), /^warning: No notification policy uses/],
    ['/api/v1/provisioning/policies', json({}, 403), /^warning: The notification policies cannot be read \(403\)/],
    ['/api/v1/provisioning/contact-points', json([]), /^warning: No contact point sends/],
    ['/api/v1/provisioning/contact-points', json({}, 403), /^warning: The contact points cannot be read \(403\)/],
  ])('is found wanting at %s', async (asked, answer, sentence) => {
    answers[asked] = answer;
    const { lines } = await ask();
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    ]);
  });

  it('may have a policy for some alerts only', async () => {
    const routes = [{ routes: [{ receiver: 'pharos' }] }];
    answers['/api/v1/provisioning/policies'] = json({ receiver: 'mail', routes });
    expect((await ask()).lines.at(-1)).toBe(
      'ok: A notification policy sends here what it matches; the default one sends elsewhere.'
    );
  });

  it('has a data source without its back half, and how to make it is said', async () => {
    answers['/api/datasources/uid/pharos/health'] = json({ message: 'Plugin not registered' }, 404);
    const env = environment({ PHAROS_GRAFANA_URL: (await fakeOf(grafana)).url, PHAROS_GRAFANA_TOKEN: 'x' });
    expect(await runDoctor(env, { clock: systemClock, resolve })).toContainEqual({
      ...{ check: 'grafana', level: 'problem' },
      text: 'The data source does not reach the engine: Plugin not registered.',
      advice: expect.stringContaining('npm run build:relay'),
    });
  });

  it('may be away', async () => {
    const env = { PHAROS_GRAFANA_URL: 'http://127.0.0.1:1', PHAROS_GRAFANA_TOKEN: 'x' };
    expect((await diagnose('grafana', env))[0]).toMatch(/^problem: Grafana at http:\/\/127.0.0.1:1 cannot be asked/);
  });
});
