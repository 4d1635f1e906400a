import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';

/** Asked by machines that know an address only, such as a probe that calls a pod by its IP; what they answer is no secret. */
const OPEN_TO_ANY_HOST: ReadonlySet<string> = new Set(['/health', '/ready']);

const nameOf = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '').toLowerCase();

/** Whether a Host header names this engine. A page of another name may resolve to this address too (DNS rebinding). */
export function isKnownHost({ config }: Pick<Deps, 'config'>, host: string | undefined): boolean {
  const own = config.publicUrl === null ? [] : [new URL(config.publicUrl).hostname];
  const known = ['localhost', '127.0.0.1', '[::1]', config.listen, ...own, ...config.allowedHosts.map(nameOf)];
  return known.includes(nameOf(host));
}

/** @throws EngineError `forbidden` for a host that is not known, except where any may ask */
export function requireKnownHost(deps: Pick<Deps, 'config'>, host: string | undefined, path: string): void {
  if (!OPEN_TO_ANY_HOST.has(path) && !isKnownHost(deps, host)) {
    throw new EngineError(
      'forbidden',
      `The host "${nameOf(host)}" is not known here; add it to PHAROS_ALLOWED_HOSTS if it is this engine.`
    );
  }
}
