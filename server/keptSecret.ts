import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './configError.ts';
import { isCode, messageOf } from './errors.ts';
import { makeFolder } from './makeFolder.ts';
import { randomToken } from './secrets.ts';

/**
 * Reads a kept secret, or makes it: readable by its owner only, so that Grafana and Prometheus can be given the same value. Safe while
 * another process does the same: whoever is first wins, and both read the same value.
 *
 * @returns what the file holds, which may be too short for a secret
 * @throws ConfigError naming the file that can be neither read nor made
 */
export function keptSecret(file: string): string {
  try {
    return readKept(file) ?? makeKept(file);
  } catch (error) {
    throw new ConfigError(`The secret ${file} can be neither read nor made: ${messageOf(error)}`, { cause: error });
  }
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

function makeKept(file: string): string {
  makeFolder(path.dirname(file));
  // Not named by the process: in containers each engine is the first.
  const draft = `${file}.${randomToken(9)}.new`;
  try {
    writeDraft(draft, randomToken(32));
    // Unlike rename, link never replaces: the file is whole or not there, and the first one stays.
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) {
      throw error;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function writeDraft(draft: string, value: string): void {
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(handle, value);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
