import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { ConfigError, nearestSetting } from './configError.ts';
import { messageOf } from './errors.ts';

/**
 * The text of a file that a setting names.
 * @param key the setting, which begins the sentence where there is no such file
 * @throws ConfigError
 */
export function readNamedFile(key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`${key} names ${file}, which cannot be read: ${messageOf(error)}`);
  }
}

/**
 * Settings of a YAML file as text, which is what the schema takes: the environment has nothing else. A key without a value is left out,
 * as is a variable that is blank.
 * @param file none is no settings
 * @param known the keys that are settings
 * @throws ConfigError naming the file, and the key that is unknown or whose value no text can stand for
 */
export function readSettingsFile(file: string | undefined, known: readonly string[]): Readonly<Record<string, string>> {
  if (file === undefined || file === '') {
    return {};
  }
  const parsed = parseYaml(file, readNamedFile('PHAROS_CONFIG', file)) ?? {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new ConfigError(`${file} should hold settings such as "port: 8686".`);
  }
  const unknown = Object.keys(parsed).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new ConfigError(
      `${file} has the key "${unknown}", which is not a setting. ${nearestSetting(unknown, known)}`
    );
  }
  const texts = Object.entries(parsed).map(([key, value]) => [key, textOf(value, `${file} has for "${key}"`)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function parseYaml(file: string, text: string): unknown {
  // Most engines have no file, and do without its parser in memory.
  const yaml: typeof Yaml = createRequire(import.meta.url)('yaml');
  try {
    return yaml.parse(text);
  } catch (error) {
    // Its first line says what and where; those below quote the file, which may hold secrets.
    const [what = ''] = messageOf(error).split('\n');
    throw new ConfigError(`${file} is not valid YAML: ${what.replace(/:$/, '')}.`);
  }
}

/** Lists and numbers read naturally in YAML. */
function textOf(value: unknown, what: string): string {
  if (Array.isArray(value)) {
    return value.map((item) => textOf(item, what)).join(',');
  }
  if (typeof value === 'object' && value !== null) {
    throw new ConfigError(`${what} names and values; expected a text, a number or a list.`);
  }
  return String(value ?? '');
}
