import type { SourceView } from '../../../src/api/access.ts';
import { isEngineAdmin, type Identity } from '../../../src/core/identity.ts';
import type { Source } from '../../sources/source.ts';

type Role = Pick<Identity, 'role'>;

/** A source as the caller may see it: addresses are the deployment's own affair, and only an admin sees them. */
export function sourceView(source: Source, { role }: Role): SourceView {
  const { id, kind, name, url, tenant, builtIn } = source;
  const isAdmin = role === 'admin';
  const health = source.health();
  const lastError = isAdmin || health.lastError === null ? health.lastError : ownWords(health.lastError);
  return { id, kind, name, url: isAdmin ? url : '', tenant, builtIn, ...health, lastError };
}

/** Why a source that is down does not answer, as a sentence for the caller; undefined for one that is not down. */
export function sourceProblem(source: Source, role: Role): string | undefined {
  const { name, status, lastError } = sourceView(source, role);
  return status === 'down' ? `${name} does not answer: ${lastError ?? 'no reason given'}` : undefined;
}

/** Why the engine as a whole is not well; what its store said of that is for those who run it. */
export const engineProblem = (reason: string, identity: Pick<Identity, 'role' | 'namespace'>): string =>
  isEngineAdmin(identity) ? reason : ownWords(reason);

/**
 * What the engine itself says of a failure, as in "cannot be reached" or "answered 503". After a colon it quotes the system or the
 * store, and these name addresses and paths.
 */
const ownWords = (failure: string): string => failure.split(': ', 1)[0] ?? '';
