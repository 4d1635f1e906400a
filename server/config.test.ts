import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError } from './configError.ts';
import { loadConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = (env: Record<string, string> = {}) => loadConfig({ PHAROS_DATA_DIR: folder, ...env });

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const problemOf = (env: Record<string, string>): string => {
  try {
    load(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('expected the settings to be refused');
};

it('has defaults that keep the engine on this machine', () => {
  expect(load()).toMatchObject({
    ...{ port: 8686, listen: '127.0.0.1', publicUrl: null, allowedHosts: [], egressAllow: [], logLevel: 'info' },
    ...{ evaluationInterval: 15_000, intakeRate: 50, intakeBurst: 500, retention: 400 * 86_400_000, dataDir: folder },
    ...{ backupDir: path.join(folder, 'backups'), backupAt: 3 * 3_600_000, backupKeep: 7 },
  });
  expect(load().databaseUrl).toBeUndefined();
});

it('reads the environment', () => {
  const config = load({
    ...{ PHAROS_PORT: '9000', PHAROS_PUBLIC_URL: 'https://pharos.example.org/', PHAROS_EVALUATION_INTERVAL: '5s' },
    ...{ PHAROS_EGRESS_ALLOW: '10.0.0.0/8, mail.internal:25', PHAROS_PROMETHEUS_URL: 'http://prometheus:9090' },
    HOME: '/root',
  });
  expect(config).toMatchObject({
    ...{ port: 9000, publicUrl: 'https://pharos.example.org', evaluationInterval: 5000 },
    ...{ egressAllow: ['10.0.0.0/8', 'mail.internal:25'], prometheusUrl: 'http://prometheus:9090' },
  });
});

it('reads a file, over which the environment goes', () => {
  const file = write('pharos.yaml', 'port: 9100\nlisten: 0.0.0.0\nallowedHosts: [engine, pharos.example.org]\n');
  expect(load({ PHAROS_CONFIG: file })).toMatchObject({
    ...{ port: 9100, listen: '0.0.0.0', allowedHosts: ['engine', 'pharos.example.org'] },
  });
  expect(load({ PHAROS_CONFIG: file, PHAROS_PORT: '9200' })).toMatchObject({ port: 9200, listen: '0.0.0.0' });
  expect(load({ PHAROS_CONFIG: write('empty.yaml', '') }).port).toBe(8686);
});

it('refuses unknown names, and says the nearest known one', () => {
  expect(problemOf({ PHAROS_PROMETEUS_URL: 'http://x' })).toBe(
    'The environment variable PHAROS_PROMETEUS_URL is not a setting. Did you mean PHAROS_PROMETHEUS_URL?'
  );
  const file = write('pharos.yaml', 'prot: 9100\n');
  expect(problemOf({ PHAROS_CONFIG: file })).toBe(
    `${file} has the key "prot", which is not a setting. Did you mean port?`
  );
  expect(problemOf({ PHAROS_SOMETHING_ELSE_ENTIRELY: '1' })).toContain('Known are: PHAROS_PORT, ');
});

it.each([
  [{ PHAROS_PORT: '70000' }, /^port \(PHAROS_PORT\): /],
  [{ PHAROS_PORT: 'http' }, /^port \(PHAROS_PORT\): /],
  [{ PHAROS_RETENTION: 'long' }, /^retention \(PHAROS_RETENTION\): expected a duration such as 15s, 5m or 90d$/],
  [{ PHAROS_INTAKE_RATE: '0' }, /^intakeRate \(PHAROS_INTAKE_RATE\): expected at least 0\.1 requests a second$/],
  [{ PHAROS_INTAKE_BURST: '0' }, /^intakeBurst \(PHAROS_INTAKE_BURST\): expected at least 1$/],
  [{ PHAROS_EVALUATION_INTERVAL: '0s' }, /^evaluationInterval \(PHAROS_EVALUATION_INTERVAL\): expected a duration/],
  [
    { PHAROS_PROMETHEUS_URL: 'ftp://x' },
    /^prometheusUrl \(PHAROS_PROMETHEUS_URL\): expected an http or https address$/,
  ],
  [{ PHAROS_DATABASE_URL: 'mysql://x' }, /^databaseUrl .*: expected a postgres:\/\/ address$/],
  [{ PHAROS_SMTP_URL: 'mail' }, /^smtpUrl .*: expected an smtp:\/\/ or smtps:\/\/ address$/],
  [
    { PHAROS_EGRESS_ALLOW: '10.0.0.0/8,10.0.0.0/33' },
    /^egressAllow \(PHAROS_EGRESS_ALLOW\): EGRESS_ALLOW has "10\.0\.0\.0\/33": expected a CIDR such as 10\.0\.0\.0\/8, an address, or host:port\.$/,
  ],
  [{ PHAROS_EGRESS_ALLOW: 'mail.internal:70000' }, /EGRESS_ALLOW has "mail\.internal:70000": expected a CIDR/],
  [{ PHAROS_ADMIN_TOKEN: 'short' }, /^adminToken \(PHAROS_ADMIN_TOKEN\): expected at least 32 characters$/],
])('refuses %j with the setting and what was expected', (env, expected) => {
  expect(problemOf(env)).toMatch(expected);
});

it('names every setting that is wrong at once', () => {
  expect(problemOf({ PHAROS_PORT: '-1', PHAROS_LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
});

it('refuses a file that is missing, or holds no settings', () => {
  expect(problemOf({ PHAROS_CONFIG: path.join(folder, 'none.yaml') })).toContain('which cannot be read');
  expect(problemOf({ PHAROS_CONFIG: write('list.yaml', '- 1\n') })).toContain(
    'should hold settings such as "port: 8686"'
  );
});

it('takes a key of the file without a value for one that is not there, as it takes a blank variable', () => {
  const blank = write('blank.yaml', 'port:\nprometheusUrl: ~\nlokiUrl: ""\nallowedHosts: []\n');
  const config = load({ PHAROS_CONFIG: blank, PHAROS_TEMPO_URL: '' });
  expect(config).toMatchObject({ port: 8686, allowedHosts: [] });
  expect([config.prometheusUrl, config.lokiUrl, config.tempoUrl]).toEqual([undefined, undefined, undefined]);
  expect(load({ PHAROS_CONFIG: '' }).port).toBe(8686);
});

it.each([
  ['grafanaUrl: { url: http://x }', 'has for "grafanaUrl" names and values; expected a text, a number or a list.'],
  ['egressAllow: [a:1, b: 2]', 'has for "egressAllow" names and values; expected a text, a number or a list.'],
  ['prot:', 'has the key "prot", which is not a setting. Did you mean port?'],
  ['constructor: x', 'has the key "constructor", which is not a setting.'],
])('refuses the file %s', (text, expected) => {
  const file = write('pharos.yaml', `${text}\n`);
  expect(problemOf({ PHAROS_CONFIG: file })).toContain(`${file} ${expected}`);
});

it('names the file that is no YAML, and where, and does not quote it', () => {
  const file = write('pharos.yaml', 'port: 1\nadminToken: a-secret: b\n');
  const problem = problemOf({ PHAROS_CONFIG: file });
  expect(problem).toMatch(new RegExp(`^${file} is not valid YAML: .* at line 2, column \\d+\\.$`));
  expect(problem).not.toContain('a-secret');
});

it('finds the folder of the console from where it is started, however it is written', () => {
  const folderOf = (consoleDir: string) => load({ PHAROS_CONSOLE_DIR: consoleDir }).consoleDir;
  expect(folderOf('./console')).toBe(path.resolve('console'));
  expect(folderOf('/srv/console/')).toBe('/srv/console');
  expect(load().consoleDir).toBeUndefined();
});

it('leaves alone what Kubernetes says of a service that is called pharos, or begins with it', () => {
  const host = '10.96.0.7';
  const ofService = (name: string) => ({
    ...{ [`${name}_SERVICE_HOST`]: host, [`${name}_SERVICE_PORT`]: '8686', [`${name}_SERVICE_PORT_HTTP`]: '8686' },
    ...{ [`${name}_PORT`]: `tcp://${host}:8686`, [`${name}_PORT_8686_TCP`]: `tcp://${host}:8686` },
    ...{ [`${name}_PORT_8686_TCP_PROTO`]: 'tcp', [`${name}_PORT_8686_TCP_PORT`]: '8686' },
    ...{ [`${name}_PORT_8686_TCP_ADDR`]: host, [`${name}_PORT_53_UDP`]: `udp://${host}:53` },
  });
  expect(load({ ...ofService('PHAROS'), ...ofService('PHAROS_ENGINE') }).port).toBe(8686);
  expect(load({ ...ofService('PHAROS'), PHAROS_PORT: '9000' }).port).toBe(9000);
  expect(problemOf({ PHAROS_ENGINE_PORT: '8686' })).toContain('PHAROS_ENGINE_PORT is not a setting');
  expect(problemOf({ PHAROS_SERVICE_HOSTS: host })).toContain('PHAROS_SERVICE_HOSTS is not a setting');
});

describe('secrets', () => {
  it('are made once, for the owner only, and kept', () => {
    const first = load();
    const file = path.join(folder, 'secrets', 'admin_token');
    expect(readFileSync(file, 'utf8')).toBe(first.adminToken);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(first.adminToken).toHaveLength(43);
    expect(load().adminToken).toBe(first.adminToken);
    const all = [first.adminToken, first.intakeToken, first.relaySecret, first.grafanaHmacSecret, first.secretKey];
    expect(new Set(all).size).toBe(5);
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual([
      ...['admin_token', 'grafana_hmac_secret', 'intake_token', 'relay_secret', 'secret_key'],
    ]);
  });

  it.each(['', ' \n', 'short'])('are refused where the file holds %j, which anybody could send', (text) => {
    load();
    const file = write(path.join('secrets', 'admin_token'), text);
    expect(problemOf({})).toBe(
      `${file} holds no secret: expected at least 32 characters. Put back what it held; or remove it, and the engine makes a new one.`
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('are not made in place of what cannot be read', () => {
    const file = path.join(folder, 'secrets', 'admin_token');
    mkdirSync(file, { recursive: true });
    expect(problemOf({})).toMatch(new RegExp(`^The secret ${file} can be neither read nor made: .*EISDIR`));
  });

  it('may come from a file of the deployment, which wins', () => {
    const token = 'a'.repeat(40);
    const file = write('token', `${token}\n`);
    expect(load({ PHAROS_ADMIN_TOKEN_FILE: file }).adminToken).toBe(token);
    expect(load({ PHAROS_DATABASE_URL_FILE: write('db', 'postgres://a@b/c\n') }).databaseUrl).toBe('postgres://a@b/c');
  });

  it('are not read from a file under names that are no secret', () => {
    expect(problemOf({ PHAROS_PORT_FILE: write('port', '1') })).toContain('PHAROS_PORT_FILE is not a setting');
    expect(problemOf({ PHAROS_ADMIN_TOKEN_FILE: path.join(folder, 'none') })).toContain('cannot be read');
  });
});

it('reads where traces go by the variables of OpenTelemetry', () => {
  expect(load().telemetry).toEqual({ tracesUrl: null, headers: {}, serviceName: 'pharos' });
  expect(
    load({
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4318/', OTEL_SERVICE_NAME: 'pharos' },
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x, tenant=a',
    }).telemetry
  ).toEqual({
    ...{ tracesUrl: 'http://tempo:4318/v1/traces', serviceName: 'pharos' },
    headers: { authorization: 'Bearer x', tenant: 'a' },
  });
  const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces/in', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' };
  expect(load(own).telemetry.tracesUrl).toBe('https://traces/in');
  expect(load({ ...own, OTEL_SDK_DISABLED: 'true' }).telemetry.tracesUrl).toBeNull();
  expect(problemOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'tempo:4318' })).toMatch(/expected an http or https address/);
});

it('reads when backups are made', () => {
  expect(load({ PHAROS_BACKUP_AT: 'off' }).backupAt).toBeNull();
  expect(load({ PHAROS_BACKUP_AT: '23:59' }).backupAt).toBe((24 * 60 - 1) * 60_000);
  expect(problemOf({ PHAROS_BACKUP_AT: '24:00' })).toMatch(/expected a time of day in UTC/);
  expect(load({ PHAROS_BACKUP_DIR: '/backups' }).backupDir).toBe('/backups');
});

it('refuses a header of OpenTelemetry that is not percent-encoded, without showing its value', () => {
  const problem = problemOf({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic 100%' });
  expect(problem).toContain('the value of authorization is not percent-encoded');
  expect(problem).not.toContain('100%');
});
