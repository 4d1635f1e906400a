export interface Change {
  readonly topic: string;
  /** Empty: reload the whole topic. */
  readonly id: string;
}

export interface ChangeRepository {
  /** Inside a transaction; the store tells its listeners after the commit. */
  append(namespace: string, changes: readonly Change[]): Promise<void>;
  /** Changes after `seq`, oldest first, at most 1,000. `oldest` is the first seq still kept, `newest` the last. */
  since(
    namespace: string,
    seq: number
  ): Promise<{ changes: ReadonlyArray<Change & { seq: number }>; oldest: number; newest: number }>;
  newest(namespace: string): Promise<number>;
  /** Called after each commit that changed the namespace (and on other engines' commits, within a second, on PostgreSQL). */
  onCommit(listener: (namespace: string) => void): () => void;
  /** Deletes at most `limit` rows, the oldest first, until the newest `keep` are left; returns how many. */
  prune(keep: number, limit: number): Promise<number>;
}
