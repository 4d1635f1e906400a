/** What log lines call their weight, heaviest first. */
export const LOG_LEVELS = ['critical', 'error', 'warning', 'info', 'debug', 'trace', 'unknown'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names that loggers give their levels; numbers are those of pino and bunyan. */
const NAMES: Readonly<Record<Exclude<LogLevel, 'unknown'>, readonly string[]>> = {
  critical: ['critical', 'crit', 'fatal', 'panic', 'emerg', 'emergency', 'alert', '60'],
  error: ['error', 'err', 'eror', 'severe', '50'],
  warning: ['warning', 'warn', '40'],
  info: ['info', 'information', 'informational', 'notice', '30'],
  debug: ['debug', 'dbug', 'fine', '20'],
  trace: ['trace', 'verbose', 'finest', '10'],
};

const BY_NAME = new Map<string, LogLevel>(
  LOG_LEVELS.flatMap((level) => (level === 'unknown' ? [] : NAMES[level].map((name) => [name, level] as const)))
);

/** The level that a logger's name for it means. */
export const parseLogLevel = (name: string): LogLevel => BY_NAME.get(name.trim().toLowerCase()) ?? 'unknown';

/** Names of the levels that may ask for a person: warnings and above. */
export const WARNING_NAMES: readonly string[] = [...NAMES.critical, ...NAMES.error, ...NAMES.warning];
