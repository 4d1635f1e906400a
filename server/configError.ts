import { nearestName } from '../src/core/nearestName.ts';

/** Settings that the engine cannot start with. The message names them and says what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What to write in place of a name that is no setting. */
export function nearestSetting(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
}
