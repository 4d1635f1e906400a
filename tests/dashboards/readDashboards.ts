import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');

const datasource = z.object({ type: z.string(), uid: z.string() });

/** What a panel asks of a data source; which keys it has depends on the data source. */
const target = z.looseObject({ refId: z.string(), datasource });
export type Target = z.output<typeof target>;

const step = z.object({ color: z.string(), value: z.number().nullable() });

const panel = z.looseObject({
  id: z.number().int(),
  type: z.string(),
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(target).default([]),
  fieldConfig: z
    .looseObject({
      defaults: z.looseObject({
        unit: z.string().min(1).optional(),
        thresholds: z.object({ steps: z.array(step) }).optional(),
      }),
    })
    .optional(),
});
export type Panel = z.output<typeof panel>;

const annotation = z.looseObject({ name: z.string(), datasource, target: z.looseObject({}).optional() });

const variable = z.looseObject({
  name: z.string(),
  type: z.string(),
  includeAll: z.boolean().optional(),
  allValue: z.string().optional(),
});

const dashboard = z.looseObject({
  uid: z.string().min(1),
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()),
  schemaVersion: z.number(),
  refresh: z.string(),
  time: z.object({ from: z.string(), to: z.string() }),
  links: z.array(z.looseObject({ title: z.string() })),
  annotations: z.object({ list: z.array(annotation) }),
  templating: z.object({ list: z.array(variable) }),
  panels: z.array(panel),
});

export interface Dashboard extends z.output<typeof dashboard> {
  readonly file: string;
  /** As it stands in the file. */
  readonly json: unknown;
}

/** Every dashboard below `dashboards/`, as Grafana would read it. @throws ZodError where the shape is wrong */
export function readDashboards(): readonly Dashboard[] {
  return globSync('dashboards/**/*.json', { cwd: root })
    .toSorted()
    .map((file) => {
      const json: unknown = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
      return { ...dashboard.parse(json), file, json };
    });
}

/** Everything that a dashboard asks a data source of this type: its panels and its annotations. */
export function targetsOf(board: Dashboard, type: string): ReadonlyArray<{ where: string; target: Target }> {
  const panels = board.panels.flatMap((one) => one.targets.map((asked) => ({ where: one.title, target: asked })));
  const annotations = board.annotations.list.flatMap(({ name, target: asked, datasource: source }) =>
    asked === undefined ? [] : [{ where: name, target: target.parse({ ...asked, datasource: source }) }]
  );
  return [...panels, ...annotations].filter((one) => one.target.datasource.type === type);
}

/** The text of a query, wherever its data source keeps it. */
export const exprOf = ({ expr, query }: Target): string => z.string().parse(expr ?? query);

/** A query with the values of variables in place of `$name`; a list whose variable has none is left out, as where all are chosen. */
export function chosen(
  { refId: _, datasource: __, ...query }: Target,
  values: Readonly<Record<string, string>>
): Readonly<Record<string, unknown>> {
  const fill = (text: string): string =>
    text.replace(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g, (whole, plain?: string, braced?: string) => {
      const name = plain ?? braced ?? '';
      return values[name] ?? (braced === undefined ? whole : '.+');
    });
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => {
      if (typeof value === 'string') {
        return [[key, fill(value)]];
      }
      const filled = Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? fill(one) : one)) : value;
      return JSON.stringify(filled).includes('"$') ? [] : [[key, filled]];
    })
  );
}

/** Every object in a JSON value, itself included. */
export function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* objectsIn(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    yield Object.fromEntries(entries);
    for (const [, item] of entries) {
      yield* objectsIn(item);
    }
  }
}
