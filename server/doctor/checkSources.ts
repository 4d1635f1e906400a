import { minutes } from '../../src/core/units.ts';
import { checkDestination, guardedDispatcher } from '../receivers/guard.ts';
import { openSource, type SourceDefinition } from '../sources/openSource.ts';
import type { StoredSource } from '../store/sourceRepository.ts';
import { builtInSources } from './builtInSources.ts';
import { fine, problem, warning, type Check, type Finding, type Patient } from './check.ts';

const STALE = minutes(10);

/** Whether each source can be reached and lets the engine in, and whether its data is new. */
export const checkSources: Check = async (patient) => {
  const stored = await storedSources(patient);
  const definitions = [...builtInSources(patient.settings), ...stored.definitions];
  const found = await Promise.all(definitions.map((definition) => examine(definition, patient)));
  const none = definitions.some(({ kind }) => kind === 'prometheus')
    ? []
    : [
        warning(
          'No Prometheus is configured: no service is found and nothing is measured.',
          'Set PHAROS_PROMETHEUS_URL, or add a source on the page Settings.'
        ),
      ];
  return [...none, ...found, ...stored.locked];
};

async function storedSources({
  store,
  secrets,
}: Patient): Promise<{ definitions: readonly SourceDefinition[]; locked: readonly Finding[] }> {
  const all = (await store?.read.sources.listAll()) ?? [];
  const opened = all.map((source) => ({ source, token: tokenOf(source, secrets) }));
  return {
    definitions: opened.flatMap(({ source, token }) =>
      token === undefined ? [] : [{ ...source, token, builtIn: false }]
    ),
    locked: opened
      .filter(({ token }) => token === undefined)
      .map(({ source }) =>
        problem(
          `${source.name}: its token cannot be decrypted with the key of this data directory.`,
          'Put the old secret_key back, or remove the source and add it again.'
        )
      ),
  };
}

function tokenOf({ secret }: StoredSource, secrets: Patient['secrets']): string | undefined {
  try {
    const token = secret === '' ? '' : secrets?.decrypt(secret);
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

async function examine(definition: SourceDefinition, { clock, settings, resolve, signal }: Patient): Promise<Finding> {
  const guard = async (url: string) =>
    guardedDispatcher(await checkDestination(url, { allow: settings.egressAllow }, resolve));
  const { source, close } = openSource(definition, { clock, guard });
  try {
    await source.check(signal);
    const { status, lastError, latencyMs, newestDataAt } = source.health();
    if (status !== 'ok') {
      return problem(
        `${source.name} at ${source.url} ${lastError ?? 'was not asked'}.`,
        'Check its address, that it runs, and that this machine may ask it.'
      );
    }
    return newestDataAt !== null && clock.now() - newestDataAt > STALE
      ? warning(
          `${source.name} answers, but its newest data is of ${new Date(newestDataAt).toISOString()}.`,
          'See whether what fills it still runs.'
        )
      : fine(`${source.name} at ${source.url} answers within ${latencyMs ?? 0} ms.`);
  } finally {
    await close();
  }
}
