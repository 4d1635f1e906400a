import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { isQueryType, QUERY_FIELDS, type PharosQuery } from './query.ts';

type Templates = Pick<TemplateSrv, 'replace' | 'containsTemplate' | 'getVariables'>;

/** Stands in no value: several values of one variable come as one text. */
const SEPARATOR = '\u001F';
const ALL = '$__all';
/** What people set as the value of "All" for data sources that take expressions; a list needs none, as an empty one means any. */
const ANYTHING: ReadonlySet<string> = new Set([ALL, '.*', '.+', '*']);

/** `$name`, `${name}`, `${name:format}` or `[[name]]`, and nothing else. */
const ONE_VARIABLE = /^(?:\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\])$/;

const join = (value: string | string[]): string => (Array.isArray(value) ? value.join(SEPARATOR) : String(value));

const nameIn = (text: string): string | undefined =>
  ONE_VARIABLE.exec(text)
    ?.slice(1)
    .find((name) => name !== undefined);

function isAllChosen(name: string, templates: Templates): boolean {
  const variable = templates.getVariables().find((candidate) => candidate.name === name);
  const value: unknown = variable !== undefined && 'current' in variable ? Object(variable.current).value : undefined;
  return Array.isArray(value) ? value.includes(ALL) : value === ALL;
}

/** The values of one entry; undefined where it means any. */
function expandEntry(entry: string, scopedVars: ScopedVars, templates: Templates): readonly string[] | undefined {
  if (!templates.containsTemplate(entry)) {
    return [entry];
  }
  const name = nameIn(entry);
  // A format of its own would hide from where to where one value goes.
  const asked = name === undefined ? entry : `\${${name}}`;
  const text = templates.replace(asked, scopedVars, join);
  if (text === asked) {
    return [entry];
  }
  const values = text.split(SEPARATOR).filter((value) => value !== '');
  // In a repeated panel the variable stands for one value, though all are chosen for the dashboard.
  const isAll =
    values.some((value) => ANYTHING.has(value)) ||
    (values.length > 1 && name !== undefined && isAllChosen(name, templates));
  return isAll || values.length === 0 ? undefined : values;
}

/** Undefined where any value will do: nothing was chosen, or all was. */
function expandList(entries: readonly string[], scopedVars: ScopedVars, templates: Templates): string[] | undefined {
  const expanded = entries.map((entry) => expandEntry(entry, scopedVars, templates));
  return expanded.includes(undefined) ? undefined : [...new Set(expanded.flatMap((values) => values ?? []))];
}

/** The query with its variables filled in. One that stands for "All" leaves its filter out. */
export function expandVariables(query: PharosQuery, scopedVars: ScopedVars, templates: Templates): PharosQuery {
  const expanded = new Map<string, unknown>(Object.entries(query));
  const fields = isQueryType(query.queryType) ? QUERY_FIELDS[query.queryType] : [];
  for (const field of fields) {
    const value = query[field];
    if (typeof value === 'string') {
      expanded.set(field, templates.replace(value, scopedVars));
    } else if (Array.isArray(value)) {
      const values = expandList(value, scopedVars, templates);
      if (values === undefined) {
        expanded.delete(field);
      } else {
        expanded.set(field, values);
      }
    }
  }
  return { refId: query.refId, ...Object.fromEntries(expanded) };
}
