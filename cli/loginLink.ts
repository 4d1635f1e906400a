import { createLoginLink } from '../src/api/access.ts';
import { ROLES } from '../src/core/identity.ts';
import { connect, explainFailure, findEngine } from './api.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export const summary = 'Print a fresh login link for the console: pharos login-link --role editor --name Ada';

const options = {
  role: { type: 'string', default: 'admin' },
  name: { type: 'string', default: 'admin' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, options);
  if (values.help) {
    io.out(
      `${summary}\n\n  --role  ${ROLES.join(', ')} (default admin)\n  --name  who it is for; stands in the history\n\nThe link signs in once, within ten minutes.`
    );
    return 0;
  }
  const role = ROLES.find((candidate) => candidate === values.role);
  if (role === undefined) {
    throw new UsageError(`--role is "${values.role}": expected ${ROLES.join(', ')}.`);
  }
  try {
    const { url } = await connect(await findEngine(io)).call(createLoginLink, { name: values.name, role });
    io.out(url);
    return 0;
  } catch (error) {
    io.error(explainFailure(error));
    return 1;
  }
}
