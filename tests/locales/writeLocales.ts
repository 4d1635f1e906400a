import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENGLISH, keysFor, readCatalogues, writeCatalogue, type Catalogue } from './catalogues.ts';
import type { Words } from './words.ts';

const root = path.join(import.meta.dirname, '../..');

/** English from the code. Of another language what is translated already, by the app where it says the same; what is missing is left to a person. */
function wordsFor(language: string, { found: { words }, read }: Catalogue, app: Words): Words {
  if (language === ENGLISH) {
    return words;
  }
  const own = read(language);
  return new Map(
    keysFor(language, words).flatMap((key) => {
      const text = app.get(key) ?? own.get(key);
      return text === undefined ? [] : [[key, text] as const];
    })
  );
}

const catalogues = readCatalogues();
const [app] = catalogues;
for (const catalogue of catalogues) {
  for (const language of catalogue.languages) {
    const words = wordsFor(language, catalogue, app?.read(language) ?? new Map());
    const file = path.join(root, catalogue.fileOf(language));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, writeCatalogue(words));
    const missing = language === ENGLISH ? 0 : keysFor(language, catalogue.found.words).length - words.size;
    console.log(`${catalogue.fileOf(language)}${missing > 0 ? `, ${missing} not translated yet` : ''}`);
  }
}
