import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { epochMs, type EpochMs } from '../src/core/units.ts';
import { messageOf } from './errors.ts';
import { randomToken, safeEqual, type Secrets } from './secrets.ts';

/*
 * Whoever can write into the database can write a whole chain of audit rows anew. Where the chain ended is therefore also noted outside
 * of it, in a file and in the log, signed with a key that the database does not hold.
 */

/** As much of the audit as is compared. */
export interface AuditChain {
  /** The end of the chain; row 0 where there is none yet. */
  head(namespace: string): Promise<{ readonly seq: number; readonly hash: string }>;
  /** Null for a row that was pruned, undefined for one that is not there. */
  hashAt(namespace: string, seq: number): Promise<string | null | undefined>;
}

const entrySchema = z.strictObject({
  namespace: z.string(),
  seq: z.number().int().positive(),
  hash: z.string(),
  at: z.number().transform(epochMs),
  hmac: z.string(),
});
/** Row `seq` was the last of its namespace at `at`. */
export type WitnessEntry = z.output<typeof entrySchema>;

type Key = Pick<Secrets, 'sign'>;

export const witnessFile = (dataDir: string): string => path.join(dataDir, 'audit-witness.json');

const sign = (key: Key, { namespace, seq, hash, at }: Omit<WitnessEntry, 'hmac'>): string =>
  key.sign(JSON.stringify([namespace, seq, hash, at]));

/** What the chain ends with now. */
export async function witness(
  chain: AuditChain,
  key: Key,
  stated: { namespace: string; at: EpochMs }
): Promise<WitnessEntry> {
  const { seq, hash } = await chain.head(stated.namespace);
  const entry = { ...stated, seq, hash };
  return { ...entry, hmac: sign(key, entry) };
}

/** None where there is no file yet. @throws Error naming the file when it cannot be read, or is another's */
export function readWitness(dataDir: string): readonly WitnessEntry[] {
  const file = witnessFile(dataDir);
  if (!existsSync(file)) {
    return [];
  }
  const text = readFileSync(file, 'utf8');
  try {
    return z.array(entrySchema).parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is not as the engine writes it`, { cause: error });
  }
}

/** In one step: a reader sees the old entries or the new ones. */
export function writeWitness(dataDir: string, entries: readonly WitnessEntry[]): void {
  const file = witnessFile(dataDir);
  // Several engines may have one folder.
  const draft = `${file}.${randomToken(6)}.new`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(entries, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** For a store that another one takes the place of, on purpose: what is noted of the old one is no word against the new one. */
export function setWitnessAside(dataDir: string, now: EpochMs): void {
  const file = witnessFile(dataDir);
  if (existsSync(file)) {
    renameSync(file, `${file}.replaced-${new Date(now).toISOString().replaceAll(':', '')}`);
  }
}

/** What an entry says against the chain; null when both agree, or when the row was pruned since. */
export async function compareWitness(chain: AuditChain, key: Key, entry: WitnessEntry): Promise<string | null> {
  const { namespace, seq, at } = entry;
  if (!safeEqual(entry.hmac, sign(key, entry))) {
    return 'What is noted of the end of the audit was changed, or written with another secret_key.';
  }
  const hash = await chain.hashAt(namespace, seq);
  const when = new Date(at).toISOString();
  if (hash === undefined) {
    const head = await chain.head(namespace);
    return `The audit went up to row ${seq} at ${when}, and ends with row ${head.seq} now.`;
  }
  return hash === null || hash === entry.hash ? null : `Row ${seq} is another than stood there at ${when}.`;
}

/** The same for what the file has of a namespace; null where it has nothing. Never throws for the file. */
export async function witnessAgainst(
  chain: AuditChain,
  { dataDir, key }: { readonly dataDir: string; readonly key: Key },
  namespace: string
): Promise<string | null> {
  let entries: readonly WitnessEntry[];
  try {
    entries = readWitness(dataDir);
  } catch (error) {
    return `${messageOf(error)}.`;
  }
  const entry = entries.find((one) => one.namespace === namespace);
  return entry === undefined ? null : compareWitness(chain, key, entry);
}
