import type { TypedVariableModel } from '@grafana/data';

/** The variables of a dashboard, as whoever asks sees them: in a repeated panel one may stand for another value than elsewhere. */
export interface VariableScope {
  /** Puts variables in as Grafana does; a variable of several values comes to `format` as their list. */
  replace(text: string, format: (value: string | string[]) => string): string;
  getVariables(): readonly TypedVariableModel[];
}

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

function isAllChosen(name: string, variables: readonly TypedVariableModel[]): boolean {
  const variable = variables.find((candidate) => candidate.name === name);
  const value: unknown = variable !== undefined && 'current' in variable ? Object(variable.current).value : undefined;
  return Array.isArray(value) ? value.includes(ALL) : value === ALL;
}

/** The values of one entry; undefined where it means any. */
function valuesOf(entry: string, scope: VariableScope): readonly string[] | undefined {
  const name = nameIn(entry);
  // A format of its own would hide from where to where one value goes.
  const asked = name === undefined ? entry : `\${${name}}`;
  const text = scope.replace(asked, join);
  if (text === asked) {
    return [entry];
  }
  const values = text.split(SEPARATOR).filter((value) => value !== '');
  // In a repeated panel the variable stands for one value, though all are chosen for the dashboard.
  const isAll =
    values.some((value) => ANYTHING.has(value)) ||
    (values.length > 1 && name !== undefined && isAllChosen(name, scope.getVariables()));
  return isAll || values.length === 0 ? undefined : values;
}

/** What a list stands for with its variables filled in; undefined where any value will do: nothing was chosen, or all was. */
export function variableValues(entries: readonly string[], scope: VariableScope): string[] | undefined {
  const expanded = entries.map((entry) => valuesOf(entry, scope));
  return expanded.includes(undefined) ? undefined : [...new Set(expanded.flatMap((values) => values ?? []))];
}
