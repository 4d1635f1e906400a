import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Line } from '../server/doctor/runDoctor.ts';
import { readState } from '../stack/state.ts';
import { getDataDir } from './dataDir.ts';
import { engineEnvironment } from './engineEnvironment.ts';
import type { Io } from './io.ts';
import { getInboxSettings } from './nodePrograms.ts';
import { strictOptions } from './strictOptions.ts';

export const summary = 'Look at all that the engine depends on, and say what to do: pharos doctor [--json]';

const usage = `Usage: pharos doctor [--json] [--data DIR]

Checks settings, data directory, secrets, store, backups, ports, clock, sources, receivers, egress rules and Grafana, beside
an engine that runs or where none starts. It changes nothing. One line for each finding: ok, warning or problem, and what
to do. The exit code is 1 when there is a problem.`;

const options = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const nameWidth = 16;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, options);
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const { runDoctor } = await import('../server/doctor/runDoctor.ts');
  const lines = await runDoctor(await environmentOf(io, values.data));
  if (values.json) {
    io.out(JSON.stringify({ findings: lines }, null, 2));
  } else {
    lines.forEach((line) => io.out(format(line)));
    io.out(conclude(lines));
  }
  return lines.some(({ level }) => level === 'problem') ? 1 : 0;
}

/** As the engine's own, with the addresses and the way into Grafana that `npm start` has given to it. */
async function environmentOf(io: Io, data: string | undefined): Promise<Readonly<Record<string, string | undefined>>> {
  const dataDir = getDataDir(data, io.environment);
  const state = await readState(dataDir);
  const addresses = state?.addresses ?? {};
  const sources = Object.entries({ prometheus: 9090, loki: 3100, tempo: 3200, grafana: 3000 }).flatMap(
    ([name, port]) => {
      const address = addresses[`${name}:${port}`];
      const user = name === 'grafana' ? ownGrafanaUser(dataDir) : '';
      return address === undefined ? [] : [[`PHAROS_${name.toUpperCase()}_URL`, `http://${user}${address}`] as const];
    }
  );
  const hasInbox = (state?.demo ?? null) !== null;
  const port = addresses['engine:8686']?.split(':').at(-1);
  const given = Object.fromEntries(Object.entries(io.environment).filter(([, value]) => value !== ''));
  return {
    ...Object.fromEntries(sources),
    ...(hasInbox ? getInboxSettings({ addresses: new Map(Object.entries(addresses)) }) : {}),
    ...engineEnvironment({ environment: given }, data),
    ...(port === undefined ? {} : { PHAROS_PORT: port }),
  };
}

/** `npm start` makes the admin's password of its own Grafana; '' where there is none. */
function ownGrafanaUser(dataDir: string): string {
  try {
    const password = readFileSync(path.join(dataDir, 'secrets', 'grafana_admin_password'), 'utf8').trim();
    return `admin:${encodeURIComponent(password)}@`;
  } catch {
    return '';
  }
}

function format({ check, level, text, advice }: Line): string {
  const line = `${check.padEnd(nameWidth)} ${level.padEnd(8)} ${text}`;
  return advice === '' ? line : `${line}\n${' '.repeat(nameWidth + 10)}→ ${advice}`;
}

function conclude(lines: readonly Line[]): string {
  const count = (level: Line['level']): number => lines.filter((line) => line.level === level).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  return problems + warnings === 0
    ? '\nAll is well.'
    : `\n${plural(problems, 'problem')}, ${plural(warnings, 'warning')}.`;
}
