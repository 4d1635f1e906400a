import { z } from 'zod';
import type { DurationMs } from '../src/core/units.ts';

/** Settings of the engine, parsed by `loadConfig`; the only shape in which the rest of the engine knows its environment. */
export interface Config {
  readonly port: number;
  readonly listen: string;
  /** Address of the console in links of notifications, without a trailing slash. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly prometheusUrl: string | null;
  readonly lokiUrl: string | null;
  readonly tempoUrl: string | null;
  readonly grafanaUrl: string | null;
  readonly relaySecret: string;
  readonly adminToken: string;
  readonly intakeToken: string;
  readonly grafanaHmacSecret: string;
  readonly secretKey: string;
  readonly smtpUrl: string | null;
  /** CIDRs or `host:port` that the outbound guard lets through. */
  readonly egressAllow: readonly string[];
  readonly retention: DurationMs;
  readonly evaluationInterval: DurationMs;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export const configPlaceholder = z.never();
