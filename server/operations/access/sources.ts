import * as contract from '../../../src/api/access.ts';
import { EngineError } from '../../errors.ts';
import { checkUrl } from '../../receivers/guard.ts';
import { change, query } from '../operation.ts';
import { sourceView } from './sourceView.ts';

const ID_BYTES = 9;

/** The address of Grafana is for everybody: links lead to it. */
export const listSources = query(contract.listSources, (deps, { identity }) => {
  const sources = deps.sources.list(identity.namespace);
  const grafana = sources.find((source) => source.kind === 'grafana' && source.health().status !== 'down');
  const publicUrl = grafana?.builtIn === true ? deps.config.grafanaPublicUrl : undefined;
  return Promise.resolve({
    items: sources.map((source) => sourceView(source, identity)),
    grafanaUrl: publicUrl ?? grafana?.url ?? null,
  });
});

export const createSource = change(contract.createSource, async (deps, { tx, identity, now }, input) => {
  checkUrl(input.url, { allow: deps.config.egressAllow });
  const { namespace, name: createdBy } = identity;
  const { kind, name, url, tenant, token } = input;
  // Not the stored ones that this engine has open: another one may have changed them since.
  const builtIn = deps.sources.list(namespace).filter((source) => source.builtIn);
  const present = [...(await tx.sources.list(namespace)), ...builtIn];
  if (present.some((source) => source.name === name)) {
    throw new EngineError('conflict', `There is a source named ${name} already.`);
  }
  const rival = present.find((source) => source.kind === kind);
  if (rival !== undefined) {
    const wayOut = 'builtIn' in rival ? "It comes from the deployment's settings: change it there" : 'Remove it first';
    throw new EngineError(
      'conflict',
      `${rival.name} is of the kind ${kind} already, and only one of each kind is queried: a second one would not be. ${wayOut}, or put a store that reads both before them.`
    );
  }
  const id = deps.randomId(ID_BYTES);
  const secret = token === undefined ? '' : deps.secrets.encrypt(token);
  await tx.sources.save({ namespace, id, kind, name, url, tenant, secret, createdAt: now, createdBy });
  await tx.changes.append(namespace, [{ topic: 'sources', id }]);
  return {
    output: {
      source: {
        ...{ id, kind, name, url, tenant, builtIn: false, status: 'unknown' as const },
        ...{ latencyMs: null, lastError: null, staleSince: null, checkedAt: null, newestDataAt: null },
      },
    },
    audit: { object: `source ${id}`, before: null, after: { kind, name, url, tenant } },
    afterCommit: () => deps.sources.reload(),
  };
});

export const deleteSource = change(contract.deleteSource, async (deps, { tx, identity }, { id }) => {
  const { namespace } = identity;
  const builtIn = deps.sources.list(namespace).find((candidate) => candidate.builtIn && candidate.id === id);
  if (builtIn !== undefined) {
    throw new EngineError(
      'conflict',
      `${builtIn.name} comes from the deployment's settings and cannot be removed here.`
    );
  }
  const source = (await tx.sources.list(namespace)).find((candidate) => candidate.id === id);
  if (source === undefined) {
    throw new EngineError('not_found', `There is no source ${id}.`);
  }
  await tx.sources.delete(namespace, id);
  await tx.changes.append(namespace, [{ topic: 'sources', id }]);
  return {
    output: {},
    audit: { object: `source ${id}`, before: { name: source.name, url: source.url }, after: null },
    afterCommit: () => deps.sources.reload(),
  };
});
