import { z } from 'zod';
import { CONTRACTS } from '../../src/api/contracts.ts';
import type { OperationContract } from '../../src/api/operation.ts';
import { SIGNALS } from '../../src/core/signals/catalogue.ts';
import { createMetrics } from '../../server/metrics.ts';

/* The reference is written by `npm run docs` from what the programs themselves use, and a test fails where it is out of date. */

const HEAD = '<!-- Written by `npm run docs`; changes by hand are lost. -->';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const page = (...parts: readonly string[]): string => `${[HEAD, ...parts].join('\n\n')}\n`;

const code = (text: string): string => `\`${text}\``;

interface MetricFacts {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** The engine's own metrics, in order of their names; those of the runtime are many and named by prom-client. */
export function listMetrics(): readonly MetricFacts[] {
  const { registry } = createMetrics();
  const all = registry.getMetricsAsArray().map((metric) => ({
    name: metric.name,
    type: String(metric.type),
    help: metric.help,
    labels: 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [],
  }));
  registry.clear();
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const isRuntime = ({ name }: MetricFacts): boolean => /^(nodejs|process)_/.test(name);

function writeMetrics(): string {
  const rows = (metrics: readonly MetricFacts[]) =>
    metrics.map(({ name, type, labels, help }) => [code(name), type, labels.map(code).join(', '), help]);
  const head = ['Metric', 'Type', 'Labels', 'What it says'];
  const all = listMetrics();
  return page(
    '# Metrics of the engine',
    'What `GET /metrics` answers, in the text format of Prometheus. No metric carries a namespace: the page may be read on loopback without identity. Durations are in seconds, sizes in bytes.',
    table(head, rows(all.filter((metric) => !isRuntime(metric)))),
    '## Of the process and its runtime',
    'By prom-client, as in every Node program. `nodejs_eventloop_lag_p99_seconds` is the delay of the event loop.',
    table(head, rows(all.filter(isRuntime)))
  );
}

function writeSignals(): string {
  return page(
    '# Signals',
    'What can be measured of a service, and so what a threshold can be set on. How a signal is asked for depends on the metrics that a service has.',
    table(
      ['Signal', 'Title', 'Unit', 'Trouble lies', 'What it is'],
      SIGNALS.map(({ name, title, unit, direction, description }) => [code(name), title, unit, direction, description])
    )
  );
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/** A type in few words: `string`, `"a" or "b"`, `list of object`. */
function wordsOf(schema: JsonSchema | boolean | undefined): string {
  if (typeof schema !== 'object') {
    return 'any';
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return [...new Set(choices.map(wordsOf))].join(' or ');
  }
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.type === 'array') {
    return `list of ${wordsOf(Array.isArray(schema.items) ? schema.items[0] : schema.items)}`;
  }
  return [schema.type ?? 'any'].flat().join(' or ');
}

function fieldsOf(title: string, schema: JsonSchema): readonly string[] {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) {
    return [];
  }
  const required = new Set(schema.required ?? []);
  const rows = fields.map(([name, field]) => [code(name), wordsOf(field), required.has(name) ? 'yes' : 'no']);
  return [`${title}:`, table(['Field', 'Type', 'Always'], rows)];
}

function writeOperation(contract: OperationContract): string {
  const { name, method, path, access, summary, status } = contract;
  const role = access === 'intake' ? 'an intake token or the role editor' : `the role ${access}`;
  return [
    `## ${name}`,
    `${code(`${method} ${path}`)}, for ${role}; answers ${status}. ${summary}`,
    ...fieldsOf('Takes', schemaOf(contract.input)),
    ...fieldsOf('Answers', schemaOf(contract.output)),
  ].join('\n\n');
}

function writeApi(): string {
  return page(
    '# Operations',
    'Every operation of the engine, as the pages, the command line (`pharos api`) and other programs call it. `GET /api/v1/openapi.json` has the same in full, for machines. Fields that a path names are part of it; the rest is the query of a GET or DELETE, else the JSON body. Times are RFC 3339 in UTC, durations as in Prometheus, ratios from 0 to 1. Errors are `application/problem+json` with a stable `code`.',
    ...CONTRACTS.map(writeOperation)
  );
}

/** Every page of the reference, by its file below `docs/reference`. */
export const REFERENCE: Readonly<Record<string, () => string>> = {
  'metrics.md': writeMetrics,
  'signals.md': writeSignals,
  'api.md': writeApi,
};
