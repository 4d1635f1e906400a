import { nearestName } from '../src/core/nearestName.ts';

/** What is wrong with a line that has an option nobody knows; Node's own words are about dashes in file names. */
export function unknownOption(argv: readonly string[], known: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const unknown = argv
    .slice(0, end === -1 ? argv.length : end)
    .filter((argument) => argument.startsWith('--'))
    .map((argument) => argument.slice(2).split('=')[0] ?? '')
    .find((name) => !known.includes(name));
  if (unknown === undefined) {
    return undefined;
  }
  const nearest = nearestName(unknown, known);
  return `There is no option --${unknown}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
}
