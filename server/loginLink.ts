import { addMs, minutes, type EpochMs } from '../src/core/units.ts';
import type { Config } from './config.ts';
import type { Clock } from './clock.ts';
import { hashToken, randomToken } from './secrets.ts';

const LINK_LIFE = minutes(10);
/** 256 bits. */
const TOKEN_BYTES = 32;

export interface LoginLink {
  readonly url: string;
  /** What the store keeps: the token itself stands in the link and nowhere else. */
  readonly hash: string;
  readonly expiresAt: EpochMs;
}

/** Makes a link that signs in once. The token stands in the fragment and is POSTed by the page, so that no preview consumes it. */
export function makeLoginLink(config: Pick<Config, 'publicUrl' | 'listen' | 'port'>, clock: Clock): LoginLink {
  const token = randomToken(TOKEN_BYTES);
  return {
    url: `${consoleUrl(config)}/login#${token}`,
    hash: hashToken(token),
    expiresAt: addMs(clock.now(), LINK_LIFE),
  };
}

/** Address of the console, without a trailing slash. */
export const consoleUrl = ({ publicUrl, listen, port }: Pick<Config, 'publicUrl' | 'listen' | 'port'>): string =>
  publicUrl ?? `http://${listen === '0.0.0.0' || listen === '::' ? '127.0.0.1' : listen}:${port}`;
