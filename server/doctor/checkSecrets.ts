import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { SECRET_SETTINGS, secretPath, type SecretSetting, type Settings } from '../config.ts';
import { messageOf } from '../errors.ts';
import { fine, problem, warning, type Check, type Finding } from './check.ts';

const SHORTEST = 32;

/** Each secret that is not set is a file of the data directory: there, long enough, and its owner's alone. */
export const checkSecrets: Check = ({ settings, store }) => {
  const files = SECRET_SETTINGS.filter((name) => settings[name] === undefined);
  const missing = files.filter(
    (name) => statSync(secretPath(settings.dataDir, name), { throwIfNoEntry: false }) === undefined
  );
  if (missing.length === SECRET_SETTINGS.length && store === undefined) {
    return [fine('There are none yet; the engine makes them at its first start.')];
  }
  const found = [
    ...missing.map((name) => missingSecret(settings, name, store !== undefined)),
    ...files.filter((name) => !missing.includes(name)).flatMap((name) => flawsOf(secretPath(settings.dataDir, name))),
  ];
  return found.length > 0
    ? found
    : [fine(`All ${SECRET_SETTINGS.length} are there, long enough, and readable by their owner only.`)];
};

function missingSecret({ dataDir }: Settings, name: SecretSetting, hasStore: boolean): Finding {
  const file = secretPath(dataDir, name);
  return name === 'secretKey' && hasStore
    ? problem(
        `${file} is missing, but there is a store: what it holds encrypted cannot be read.`,
        'Put the file back from your copy before the engine starts, for it would make a new one; else enter the secrets of receivers again.'
      )
    : warning(
        `${path.basename(file)} is missing from ${path.dirname(file)}.`,
        'The engine makes a new one at its next start; whoever uses the old one must be given that.'
      );
}

function flawsOf(file: string): readonly Finding[] {
  try {
    const open = (statSync(file).mode & 0o077) !== 0;
    const short = readFileSync(file, 'utf8').trim().length < SHORTEST;
    return [
      ...(open ? [problem(`Other users of this machine can read ${file}.`, `chmod 600 ${file}`)] : []),
      ...(short
        ? [
            problem(
              `${file} holds fewer than ${SHORTEST} characters.`,
              'Remove it and start the engine, which makes a new one.'
            ),
          ]
        : []),
    ];
  } catch (error) {
    return [problem(`${file} cannot be read: ${messageOf(error)}.`, 'Run this as the user of the engine.')];
  }
}
