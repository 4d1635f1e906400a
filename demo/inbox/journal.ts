import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What stays; older records go when the file is next opened or twice as many have come. */
const capacity = 2_000;

/** Records kept in memory and in a file of one JSON object a line, so that a restart keeps them. */
export class Journal<T> {
  readonly #file: string;
  #records: T[];
  #lines: number;

  /** @param parse turns a line back into a record; what it cannot read is left out */
  constructor(file: string, parse: (line: unknown) => T | undefined) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    this.#records = readLines(file)
      .flatMap((line) => parseLine(line, parse))
      .slice(-capacity);
    this.#lines = this.#records.length;
    this.#rewrite();
  }

  /** All records, oldest first. */
  getAll(): readonly T[] {
    return this.#records;
  }

  add(record: T): void {
    this.#records.push(record);
    this.#lines++;
    if (this.#lines > 2 * capacity) {
      this.#records = this.#records.slice(-capacity);
      this.#lines = this.#records.length;
      this.#rewrite();
    } else {
      appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
    }
  }

  clear(): void {
    this.#records = [];
    this.#lines = 0;
    this.#rewrite();
  }

  /** By way of a second file: killed half-way, the first is still whole. */
  #rewrite(): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, this.#records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    renameSync(next, this.#file);
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The last line may be cut short, when the process was killed while it wrote. */
function parseLine<T>(line: string, parse: (line: unknown) => T | undefined): T[] {
  try {
    const record = parse(JSON.parse(line));
    return record === undefined ? [] : [record];
  } catch {
    return [];
  }
}
