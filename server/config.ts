import path from 'node:path';
import { z } from 'zod';
import { durationMs, parseDuration, type DurationMs } from '../src/core/units.ts';
import { ConfigError, nearestSetting } from './configError.ts';
import { parseEgressEntry } from './egressEntry.ts';
import { messageOf } from './errors.ts';
import { keptSecret } from './keptSecret.ts';
import { readNamedFile, readSettingsFile } from './settingsFile.ts';

const url = z
  .url({ protocol: /^https?$/, error: 'expected an http or https address' })
  .transform((text) => text.replace(/\/+$/, ''));

const duration = z.string().transform((text, context): DurationMs => {
  const parsed = parseDuration(text);
  if (parsed === undefined || parsed === 0) {
    context.addIssue('expected a duration such as 15s, 5m or 90d');
    return z.NEVER;
  }
  return parsed;
});

/** Milliseconds after midnight UTC; null for `off`. */
const timeOfDay = z.string().transform((text, context): DurationMs | null => {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (text === 'off') {
    return null;
  }
  if (hours === undefined || minutes === undefined) {
    context.addIssue('expected a time of day in UTC such as 03:00, or off');
    return z.NEVER;
  }
  return durationMs((Number(hours) * 60 + Number(minutes)) * 60_000);
});

const list = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(z.array(z.string()));

/** Left as text: the guard of receivers compiles the whole list once. */
const egressList = list.superRefine((entries, context) => {
  for (const entry of entries) {
    try {
      parseEgressEntry(entry);
    } catch (error) {
      context.addIssue(messageOf(error));
    }
  }
});

const secret = z.string().min(32, 'expected at least 32 characters');

/** Settings by their name in the file; in the environment `port` is `PHAROS_PORT`, `publicUrl` is `PHAROS_PUBLIC_URL`. */
const settings = {
  port: z.coerce.number().int().min(0).max(65535).default(8686),
  listen: z.string().min(1).default('127.0.0.1'),
  /** Links in notifications. Default: where it listens. */
  publicUrl: url.optional(),
  /** Further values of the Host header that are answered, e.g. the engine's name inside a Compose network. */
  allowedHosts: list.default([]),
  dataDir: z.string().min(1).default('.pharos'),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected a postgres:// address')
    .optional(),
  prometheusUrl: url.optional(),
  lokiUrl: url.optional(),
  tempoUrl: url.optional(),
  grafanaUrl: url.optional(),
  /** Links to Grafana. Default: where the engine finds it, which inside a container network is not where browsers do. */
  grafanaPublicUrl: url.optional(),
  relaySecret: secret.optional(),
  adminToken: secret.optional(),
  intakeToken: secret.optional(),
  grafanaHmacSecret: secret.optional(),
  secretKey: secret.optional(),
  smtpUrl: z
    .string()
    .regex(/^smtps?:\/\//, 'expected an smtp:// or smtps:// address')
    .optional(),
  /** Sender of email where a receiver names none. */
  smtpFrom: z.string().default('Pharos <pharos@localhost>'),
  egressAllow: egressList.default([]),
  retention: duration.default((400 * 86_400_000) as DurationMs),
  /** Default: `backups` in the data directory. */
  backupDir: z.string().min(1).optional(),
  backupAt: timeOfDay.default((3 * 3_600_000) as DurationMs),
  backupKeep: z.coerce.number().int().min(1, 'expected at least 1').max(1000).default(7),
  evaluationInterval: duration.default(15_000 as DurationMs),
  /** Requests that one sender of alerts may make each second, and how many at once after it was quiet. */
  intakeRate: z.coerce.number().min(0.1, 'expected at least 0.1 requests a second').max(100_000).default(50),
  intakeBurst: z.coerce.number().int().min(1, 'expected at least 1').max(1_000_000).default(500),
  /** Called each minute while the engine is well. */
  heartbeatUrl: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).optional(),
  /** Of a service account of Grafana: with it `pharos doctor` looks at Grafana's side. */
  grafanaToken: z.string().min(1).optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Folder of the built console; absent means beside the engine. */
  consoleDir: z
    .string()
    .transform((folder) => path.resolve(folder))
    .optional(),
};

const schema = z.strictObject(settings);
type Parsed = z.output<typeof schema>;
type SettingName = keyof Parsed;

export const SECRET_SETTINGS = ['relaySecret', 'adminToken', 'intakeToken', 'grafanaHmacSecret', 'secretKey'] as const;
export type SecretSetting = (typeof SECRET_SETTINGS)[number];
/** These may come as `PHAROS_…_FILE` too. */
const FILE_SETTINGS: readonly SettingName[] = [
  ...SECRET_SETTINGS,
  'databaseUrl',
  'smtpUrl',
  'grafanaToken',
  'heartbeatUrl',
];

/** Where traces go, by the variables that OpenTelemetry has for it. */
export interface Telemetry {
  /** Null when nothing is traced. */
  readonly tracesUrl: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

/** The settings as they stand, with secrets only where somebody has set them: for programs that only look, and make none. */
export type Settings = Readonly<
  Omit<Parsed, 'publicUrl' | 'backupDir'> & { publicUrl: string | null; backupDir: string; telemetry: Telemetry }
>;

/** What the engine knows of its environment; made by `loadConfig` and by nothing else. */
export type Config = Readonly<Omit<Settings, SecretSetting> & Record<SecretSetting, string>>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`);
const environmentName = (name: string): string => `PHAROS_${snake(name).toUpperCase()}`;
/** `relaySecret` is kept in `secrets/relay_secret`. */
const secretFile = (name: string): string => snake(name).toLowerCase();

const KNOWN_ENVIRONMENT: ReadonlyMap<string, SettingName> = new Map(
  (Object.keys(settings) as SettingName[]).map((name) => [environmentName(name), name])
);

/** Names of the environment that are read elsewhere than here: `CONFIG` names the file, the others belong to the command line client. */
const FOREIGN = new Set(['PHAROS_CONFIG', 'PHAROS_URL', 'PHAROS_TOKEN']);

/**
 * Kubernetes tells each pod of every service, by variables that begin with the service's name:
 * https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables. One may be called pharos.
 */
const OF_KUBERNETES =
  /^PHAROS_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;

const isOfKubernetes = (key: string, value: string): boolean =>
  OF_KUBERNETES.test(key) || (key.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value));

function fromEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(env)) {
    if (!key.startsWith('PHAROS_') || FOREIGN.has(key) || !value || isOfKubernetes(key, value)) {
      continue;
    }
    const fileSetting = key.endsWith('_FILE') ? KNOWN_ENVIRONMENT.get(key.slice(0, -5)) : undefined;
    const setting = KNOWN_ENVIRONMENT.get(key);
    if (setting !== undefined) {
      values[setting] = value;
    } else if (fileSetting !== undefined && FILE_SETTINGS.includes(fileSetting)) {
      values[fileSetting] = readNamedFile(key, value);
    } else {
      throw new ConfigError(
        `The environment variable ${key} is not a setting. ${nearestSetting(key, [...KNOWN_ENVIRONMENT.keys()])}`
      );
    }
  }
  return values;
}

/**
 * The standard variables of OpenTelemetry, as its specification has them: the endpoint is a base, the one of traces is used as it is.
 * @throws ConfigError for an address that is none
 */
function readTelemetry(env: NodeJS.ProcessEnv): Telemetry {
  const base = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const own = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  const wanted = own || (base ? `${base.replace(/\/+$/, '')}/v1/traces` : null);
  if (wanted !== null && !url.safeParse(wanted).success) {
    throw new ConfigError(`OTEL_EXPORTER_OTLP_ENDPOINT: expected an http or https address such as http://tempo:4318.`);
  }
  const headers = env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] || env['OTEL_EXPORTER_OTLP_HEADERS'] || '';
  return {
    tracesUrl: env['OTEL_SDK_DISABLED'] === 'true' ? null : wanted,
    headers: Object.fromEntries(headers.split(',').flatMap(headerOf)),
    serviceName: env['OTEL_SERVICE_NAME'] || 'pharos',
  };
}

/** `name=value`, the value percent-encoded. @throws ConfigError that names the header and not its value, which is often a secret */
function headerOf(text: string): ReadonlyArray<readonly [string, string]> {
  const equals = text.indexOf('=');
  if (equals < 1) {
    return [];
  }
  const name = text.slice(0, equals).trim();
  try {
    return [[name, decodeURIComponent(text.slice(equals + 1).trim())]];
  } catch {
    throw new ConfigError(`OTEL_EXPORTER_OTLP_HEADERS: the value of ${name} is not percent-encoded; write % as %25.`);
  }
}

/** Where a secret that nobody has set is kept. */
export const secretPath = (dataDir: string, name: SecretSetting): string =>
  path.join(dataDir, 'secrets', secretFile(name));

/**
 * Settings from the file named by `PHAROS_CONFIG`, overridden by `PHAROS_…` variables. Makes nothing.
 * @throws ConfigError naming the setting and what was expected
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const merged = { ...readSettingsFile(env['PHAROS_CONFIG'], Object.keys(settings)), ...fromEnvironment(env) };
  const result = schema.safeParse(merged);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      return `${name} (${environmentName(name)}): ${issue.message}`;
    });
    throw new ConfigError(problems.join('\n'));
  }
  const { publicUrl, backupDir, ...rest } = result.data;
  const dataDir = path.resolve(rest.dataDir);
  return {
    ...rest,
    dataDir,
    publicUrl: publicUrl ?? null,
    backupDir: path.resolve(backupDir ?? path.join(dataDir, 'backups')),
    telemetry: readTelemetry(env),
  };
}

/**
 * The settings with every secret: those that nobody has set are read from the data directory, or made there.
 * @throws ConfigError naming the setting and what was expected
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const settings = readSettings(env);
  const kept = (name: SecretSetting): string => settings[name] ?? checked(secretPath(settings.dataDir, name));
  return {
    ...settings,
    relaySecret: kept('relaySecret'),
    adminToken: kept('adminToken'),
    intakeToken: kept('intakeToken'),
    grafanaHmacSecret: kept('grafanaHmacSecret'),
    secretKey: kept('secretKey'),
  };
}

/** A kept secret, which must be as good as one that is given. */
function checked(file: string): string {
  const { success, data, error } = secret.safeParse(keptSecret(file));
  if (!success) {
    throw new ConfigError(
      `${file} holds no secret: ${error.issues[0]?.message}. Put back what it held; or remove it, and the engine makes a new one.`
    );
  }
  return data;
}
