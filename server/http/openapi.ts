import { z } from 'zod';
import { problemSchema } from '../../src/api/problem.ts';
import type { OperationContract } from '../../src/api/operation.ts';
import type { ServedOperation } from '../operations/operation.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Both sides of the wire are the codecs' input side: JSON. */
const wireSchema = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
};

/** OpenAPI 3.1 document of the operation table. */
export function openApi(operations: readonly ServedOperation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { contract } of operations) {
    paths[contract.path] = { ...paths[contract.path], [contract.method.toLowerCase()]: describe(contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pharos engine',
      version,
      description: 'Times are RFC 3339 UTC, durations Prometheus durations, ratios 0–1.',
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic', description: 'Any user name, the token as password.' },
        session: { type: 'apiKey', in: 'cookie', name: 'pharos_session' },
      },
      schemas: { Problem: wireSchema(problemSchema) },
    },
    security: [{ token: [] }, { basic: [] }, { session: [] }],
  };
}

function describe(contract: OperationContract): object {
  const input = wireSchema(contract.input);
  const properties = Object.entries(input.properties ?? {});
  const inPath = new Set([...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
  const inQuery = contract.method === 'GET' || contract.method === 'DELETE';
  const required = new Set(input.required ?? []);
  const parameters = properties
    .filter(([name]) => inPath.has(name) || inQuery)
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.has(name),
      schema,
    }));
  const body = properties.filter(([name]) => !inPath.has(name));
  return {
    operationId: contract.name,
    summary: contract.summary,
    description: `Needs the role ${contract.access}.`,
    'x-access': contract.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(inQuery
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  ...input,
                  properties: Object.fromEntries(body),
                  required: [...required].filter((name) => !inPath.has(name)),
                },
              },
            },
          },
        }),
    responses: {
      [contract.status]: {
        description: 'Done',
        content: { [contract.produces]: { schema: wireSchema(contract.output) } },
      },
      default: {
        description: 'Problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
