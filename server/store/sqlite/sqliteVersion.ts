/** Older ones can corrupt a database when a WAL is reset while another connection reads (fixed in 3.51.3). */
const OLDEST_SAFE = [3, 51, 3] as const;

/** @throws Error when Node carries a SQLite that may corrupt its file */
export function requireSafeSqlite(version: string | undefined): void {
  const parts = (version ?? '0').split('.').map(Number);
  for (const [index, needed] of OLDEST_SAFE.entries()) {
    const part = parts[index] ?? 0;
    if (part > needed) {
      return;
    }
    if (part < needed) {
      throw new Error(
        `This Node carries SQLite ${version ?? 'of an unknown version'}, which can corrupt its file; Pharos needs ${OLDEST_SAFE.join('.')} or newer, as in Node 24.21.`
      );
    }
  }
}
