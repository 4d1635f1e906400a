import path from 'node:path';
import { getArchitecture, locate, type Located } from '../../../stack/locate.ts';
import type { Part } from '../../../stack/part.ts';
import { getProgramCache } from '../../../stack/paths.ts';

/** The program of a part and its version, found or built as `npm start` does it. @throws Error saying why it is nowhere */
export async function findProgram(part: Part): Promise<Extract<Located, { version: string }>> {
  const found = await locate(part, {
    searchPath: (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean),
    cache: getProgramCache(process.env),
    architecture: getArchitecture(),
    report: (line) => console.log(line),
    signal: new AbortController().signal,
  });
  if (found.program === undefined) {
    throw new Error(`${part.name} is needed: ${found.because}`);
  }
  return found;
}
