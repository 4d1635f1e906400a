import { DataSourceApi, type DataSourceInstanceSettings, type ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { PharosOptions, PharosQuery } from './query.ts';

export interface FakeVariable {
  /** Several make a variable of several values. */
  readonly values: readonly string[];
  readonly isAll?: boolean;
  /** What stands for "All" where somebody set that; it is put in as it is. */
  readonly allValue?: string;
}

const VARIABLE = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g;

type Format = Parameters<TemplateSrv['replace']>[2];

/** A function as format gets the value or the list of them; without one a list is written `{a,b}`. */
function formatted(values: readonly string[], format: Format): string {
  const [only = ''] = values;
  if (typeof format === 'function') {
    return String(format(values.length === 1 ? only : [...values], {}));
  }
  return values.length === 1 ? only : `{${values.join(',')}}`;
}

/** Variables as Grafana 12.4 puts them in: a custom "All" as it is, whatever the format. */
export function fakeTemplates(variables: Readonly<Record<string, FakeVariable>>): TemplateSrv {
  const put = (name: string, scoped: ScopedVars, format: Format): string | undefined => {
    const own = scoped[name];
    if (own !== undefined) {
      return formatted([String(own.value)], format);
    }
    const variable = variables[name];
    const isCustomAll = variable?.isAll === true && variable.allValue !== undefined;
    return isCustomAll ? variable.allValue : variable && formatted(variable.values, format);
  };
  return {
    getVariables: () =>
      // Only what is read of the many kinds of variables.
      Object.entries(variables).map(([name, { values, isAll = false }]) => ({
        name,
        current: { value: isAll ? ['$__all'] : [...values] },
      })) as never,
    containsTemplate: (text = '') => text.search(VARIABLE) >= 0,
    updateTimeRange: () => undefined,
    replace: (text = '', scoped = {}, format) =>
      text.replace(VARIABLE, (match, ...groups: unknown[]) => {
        const name = groups.slice(0, 3).find((group) => typeof group === 'string') ?? '';
        return put(name, scoped, format) ?? match;
      }),
  };
}

export const resourceCalls: Array<{ path: string; params: Record<string, unknown> }> = [];
let answers: Readonly<Record<string, (params: Record<string, unknown>) => unknown>> = {};

/** What the engine answers from now on, by path; what throws is a refusal. */
export function setResources(next: typeof answers): void {
  answers = next;
  resourceCalls.length = 0;
}

/** In place of Grafana's own class, which needs a whole Grafana around it. */
export class FakeDataSourceWithBackend extends DataSourceApi<PharosQuery, PharosOptions> {
  override query(): never {
    throw new Error('Grafana asks the backend; no test does');
  }

  override testDatasource(): never {
    throw new Error('Grafana asks the backend; no test does');
  }

  // Async, so that what an answer throws becomes a refusal.
  async getResource(path: string, params: Record<string, unknown>): Promise<unknown> {
    resourceCalls.push({ path, params });
    return answers[path]?.(params) ?? Promise.reject(new Error(`no answer to ${path}`));
  }
}

/** Only what the data source's own class reads of the settings. */
export const SETTINGS = {
  uid: 'pharos',
  type: 'pharos-observability-datasource',
  name: 'Pharos',
  jsonData: {},
  meta: {},
} as unknown as DataSourceInstanceSettings<PharosOptions>;
