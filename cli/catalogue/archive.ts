import { openPromise } from 'yauzl';

export interface ArchiveEntry {
  readonly name: string;
  /** Permission bits; 0 when the archive comes from a system without them. */
  readonly mode: number;
}

/** @throws Error when the file is no zip archive, or names a place outside itself */
export async function readArchive(file: string): Promise<readonly ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for await (const entry of await openPromise(file).then((zip) => zip.eachEntry())) {
    entries.push({ name: entry.fileName, mode: (entry.externalFileAttributes >>> 16) & 0o777 });
  }
  return entries;
}

/** @returns sentences on an archive that Grafana would not unpack into one plugin that runs; none when all is well */
export function findArchiveProblems(entries: readonly ArchiveEntry[], id: string): readonly string[] {
  const names = entries.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  const program = (name: string): boolean => /(?:^|\/)gpx_[^/]*$/.test(name);
  return [
    ...(names.includes(`${id}/plugin.json`) ? [] : [`The archive has no ${id}/plugin.json.`]),
    ...names
      .filter((name) => !name.startsWith(`${id}/`))
      .map((name) => `The archive has ${name} outside its one folder ${id}/.`),
    ...(repeated === undefined ? [] : [`The archive has ${repeated} twice.`]),
    ...entries
      .filter(({ name, mode }) => program(name) && mode !== 0o755)
      .map(({ name, mode }) => `The archive has ${name} with the permissions ${mode.toString(8)}: expected 755.`),
  ];
}
