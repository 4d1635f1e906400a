import { sql } from 'kysely';

/* Written out, not as parameters: only then do the databases see that the partial indexes apply. */

export const isOpenRow = sql<boolean>`state <> 'resolved'`;
export const isResolvedRow = sql<boolean>`state = 'resolved'`;
