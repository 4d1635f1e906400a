import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { REFERENCE } from './reference.ts';

const folder = path.join(import.meta.dirname, '../../docs/reference');

mkdirSync(folder, { recursive: true });
for (const [file, write] of Object.entries(REFERENCE)) {
  writeFileSync(path.join(folder, file), write());
  console.log(`docs/reference/${file}`);
}
