/** serialization_failure, deadlock_detected (PostgreSQL manual, appendix A). */
const CONFLICTS = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';
/** Unique indexes on which two engines meet that each looked before it wrote. */
const MET_ON: ReadonlySet<string> = new Set(['alerts_open', 'views_by_name']);

/**
 * Whether two transactions met, so that running the later one again will help. Two engines that open the same alert at once are
 * also that: the second finds it open the next time.
 */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return false;
  }
  return (
    CONFLICTS.has(error.code) ||
    (error.code === UNIQUE_VIOLATION && 'constraint' in error && MET_ON.has(String(error.constraint)))
  );
}
