import { UsageError } from './usageError.ts';

/**
 * Reads `--demo on` or `--demo off` of the commands that Docker Compose runs: Compose can fill in a value, and cannot leave out a flag.
 * @throws UsageError for anything else
 */
export function readDemoOption(value: string): boolean {
  if (value === 'on' || value === 'off') {
    return value === 'on';
  }
  throw new UsageError(`--demo is "${value}": expected on or off.`);
}
