import { parse } from 'yaml';
import { z } from 'zod';

const fileSchema = z.looseObject({
  services: z.record(z.string(), z.looseObject({ environment: z.record(z.string(), z.unknown()).optional() })),
});

/** `${NAME}`, `${NAME:-default}` and the like. */
const interpolation = /\$\{(\w+)/g;

/** The variables that a Compose file takes from the environment of whoever starts it: those filled in, and those handed on. */
export function listTakenVariables(composeFile: string): ReadonlySet<string> {
  const filledIn = [...composeFile.matchAll(interpolation)].map(([, name = '']) => name);
  const { services } = fileSchema.parse(parse(composeFile, { merge: true }));
  const handedOn = Object.values(services).flatMap(({ environment = {} }) =>
    Object.entries(environment).flatMap(([name, value]) => (value === null ? [name] : []))
  );
  return new Set([...filledIn, ...handedOn]);
}
