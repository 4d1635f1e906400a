import type { Io } from './io.ts';

/**
 * Reads `--demo on` or `--demo off` of the commands that Docker Compose runs: Compose can fill in a value, and cannot leave out a flag.
 *
 * @returns undefined for anything else, after saying what was expected
 */
export function readDemoOption(value: string, io: Io): boolean | undefined {
  if (value === 'on' || value === 'off') {
    return value === 'on';
  }
  io.error(`--demo is "${value}": expected on or off.`);
  return undefined;
}
