import { loadConfig } from '../../server/config.ts';

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
