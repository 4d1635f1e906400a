import pino, { type Logger } from 'pino';
import type { Config } from './config.ts';

/** Paths that must never be written, wherever an object with them is logged. */
const SECRET_PATHS = ['authorization', 'cookie', 'secret', 'token', 'password', 'url', 'secrets', 'settings'].flatMap(
  (name) => [name, `*.${name}`]
);

/** JSON lines on standard error: standard output belongs to what a person reads, such as the login link. */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { service: 'pharos-engine' },
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ fd: 2, sync: true })
  );
}
