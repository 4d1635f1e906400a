import { loadConfig, readSettings } from '../../server/config.ts';

/** The engine names all its settings when it is given one that is like none of them. */
export function knownSettings(): string[] {
  try {
    loadConfig({ PHAROS_QQQQQQQQQQQQQQQQQQQQQQQQ: '1' });
  } catch (error) {
    const [, names = ''] = /Known are: (.*)\.$/.exec(String(error)) ?? [];
    return names.split(', ');
  }
  return [];
}

/** Whether it is a `PHAROS_…_FILE` that the engine takes, the path of a file that holds the setting. */
export function isFileSetting(name: string): boolean {
  try {
    readSettings({ [name]: '/nowhere/at/all' });
  } catch (error) {
    return !String(error).includes('is not a setting');
  }
  return false;
}
