import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../errors.ts';
import { fine, formatBytes, problem, warning, type Check, type Finding } from './check.ts';

/** File systems over a network, by their magic numbers (statfs(2)): NFS, SMB, SMB2, CIFS, AFS, 9P. SQLite's locks do not hold there. */
const NETWORK = new Set([0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x01021997]);
/** A store that cannot be written refuses alerts. */
const LOW_BYTES = 1e9;

/** Whether the engine may keep its data where it is told to, and whether nobody else may read it. */
export const checkDataDirectory: Check = ({ settings }) => {
  const { dataDir, databaseUrl } = settings;
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  if (stat === undefined) {
    return [fine(`${dataDir} does not exist yet; the engine makes it at its first start.`)];
  }
  const found: Finding[] = [...mayUse(dataDir), ...isPrivate(dataDir, stat.mode), ...onDisk(dataDir, databaseUrl)];
  return found.length > 0 ? found : [fine(`${dataDir} can be written, and holds nothing that others may read.`)];
};

function mayUse(dataDir: string): readonly Finding[] {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    return [
      problem(
        `${dataDir} cannot be used: ${messageOf(error)}.`,
        'Run this and the engine as the user to whom it belongs, or change its owner.'
      ),
    ];
  }
}

const isOpenToOthers = (mode: number): boolean => (mode & 0o077) !== 0;

/** What holds secrets or rows; the directory itself may be listed by others. */
function isPrivate(dataDir: string, mode: number): readonly Finding[] {
  const files = ['pharos.db', 'secrets'].map((name) => path.join(dataDir, name));
  const open = files.filter((file) => isOpenToOthers(statSync(file, { throwIfNoEntry: false })?.mode ?? 0));
  const writable = (mode & 0o022) !== 0;
  return [
    ...open.map((file) => problem(`Other users of this machine can read ${file}.`, `chmod -R go-rwx ${file}`)),
    ...(writable ? [problem(`Other users of this machine can write to ${dataDir}.`, `chmod go-w ${dataDir}`)] : []),
  ];
}

function onDisk(dataDir: string, databaseUrl: string | undefined): readonly Finding[] {
  const { bavail, bsize, type } = statfsSync(dataDir);
  const free = bavail * bsize;
  const full =
    free < LOW_BYTES
      ? [
          warning(
            `Only ${formatBytes(free)} are free where ${dataDir} is.`,
            'Make room: a store without any refuses alerts.'
          ),
        ]
      : [];
  const remote =
    databaseUrl === undefined && NETWORK.has(type)
      ? [
          problem(
            `${dataDir} is on a network file system, where SQLite's locks do not hold and its file can be damaged.`,
            'Set PHAROS_DATA_DIR to a local disk, or PHAROS_DATABASE_URL to a PostgreSQL.'
          ),
        ]
      : [];
  return [...full, ...remote];
}
