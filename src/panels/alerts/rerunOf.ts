import type { DataQueryRequest } from '@grafana/data';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Runs the queries of a panel again, through its dashboard, so that variables and transformations apply: the dashboard hands its query
 * runner along with each request, for interpolation. Undefined where there is none, as outside dashboards.
 */
export function rerunOf(request: DataQueryRequest | undefined): (() => void) | undefined {
  const held: unknown = request?.scopedVars?.['__sceneObject']?.value;
  const runner: unknown = isObject(held) ? held.valueOf() : undefined;
  if (!isObject(runner) || !('runQueries' in runner) || typeof runner.runQueries !== 'function') {
    return undefined;
  }
  const { runQueries } = runner;
  return () => void Reflect.apply(runQueries, runner, []);
}
