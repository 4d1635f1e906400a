import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

/*
 * The namespace comes first in every key and index. What deviates has to: `seq` numbers rows over the whole database (one
 * sequence is what makes "changed since" one number), tokens, sessions and login links are looked up by a hash that itself decides
 * the namespace, and the expiry sweep asks for what is due anywhere.
 */

const alerts = ({ int, real, tableEnd }: DialectTypes) => [
  `create table alerts (
    namespace text not null, id text not null, fingerprint text not null, source text not null, state text not null,
    severity text not null, severity_mapped_from text, urgency ${int} not null, acknowledged text,
    is_acknowledged ${int} not null, suppressed_by text not null, labels text not null,
    annotations text not null, summary text not null, service text not null, rule_id text not null, value ${real}, unit text,
    starts_at ${int} not null, updated_at ${int} not null, ends_at ${int}, resolved_at ${int}, resolved_by text,
    generator_url text, timers text not null, version ${int} not null, due_at ${int},
    search text not null, primary key (namespace, id)
  ) ${tableEnd}`,
  `create unique index alerts_open on alerts (namespace, source, fingerprint) where state <> 'resolved'`,
  // With the state at its end, counting open alerts reads the index alone.
  `create index alerts_open_by_urgency on alerts (namespace, urgency, starts_at, id, state) where state <> 'resolved'`,
  `create index alerts_by_urgency on alerts (namespace, urgency, starts_at, id)`,
  `create index alerts_due on alerts (due_at) where due_at is not null`,
  `create index alerts_resolved on alerts (namespace, resolved_at) where state = 'resolved'`,
];

const history = ({ int, real, serial, tableEnd }: DialectTypes) => [
  `create table history (
    seq ${serial}, namespace text not null, alert_id text not null, at ${int} not null, kind text not null, from_state text,
    to_state text not null, severity text not null, actor text not null, reason text not null, value ${real},
    detail text not null, service text not null, rule_id text not null, summary text not null
  ) ${tableEnd}`,
  `create index history_by_time on history (namespace, at, seq)`,
  `create index history_by_alert on history (namespace, alert_id, at, seq)`,
  // By their beginnings: PostgreSQL refuses an index entry of more than 2,704 bytes, and label values may be longer.
  ...['service', 'rule_id', 'actor'].map(
    (column) => `create index history_by_${column} on history (namespace, substr(${column}, 1, 100), at, seq)`
  ),
];

const settings = ({ int, tableEnd }: DialectTypes) => [
  `create table thresholds (
    namespace text not null, id text not null, spec text not null, version ${int} not null, created_at ${int} not null,
    updated_at ${int} not null, updated_by text not null, primary key (namespace, id)
  ) ${tableEnd}`,
  `create table threshold_versions (
    namespace text not null, threshold_id text not null, version ${int} not null, at ${int} not null, by text not null,
    reason text not null, change text not null, spec text, primary key (namespace, threshold_id, version)
  ) ${tableEnd}`,
  `create table silences (
    namespace text not null, id text not null, matchers text not null, starts_at ${int} not null, ends_at ${int} not null,
    created_by text not null, comment text not null, created_at ${int} not null, updated_at ${int} not null,
    primary key (namespace, id)
  ) ${tableEnd}`,
  `create index silences_by_end on silences (namespace, ends_at, id)`,
  `create table route_tables (
    namespace text not null primary key, routes text not null, version ${int} not null, updated_at ${int},
    updated_by text not null
  ) ${tableEnd}`,
  `create table receivers (
    namespace text not null, name text not null, kind text not null, settings text not null, secrets text not null,
    updated_at ${int} not null, updated_by text not null, tested_at ${int}, last_delivery_at ${int}, last_delivery_error text,
    primary key (namespace, name)
  ) ${tableEnd}`,
  `create table sources (
    namespace text not null, id text not null, kind text not null, name text not null, url text not null,
    tenant text not null, secret text not null, created_at ${int} not null, created_by text not null,
    primary key (namespace, id)
  ) ${tableEnd}`,
];

const access = ({ int, tableEnd }: DialectTypes) => [
  `create table tokens (
    namespace text not null, id text not null, name text not null, scope text not null, hash text not null unique,
    created_at ${int} not null, created_by text not null, last_used_at ${int}, revoked_at ${int}, primary key (namespace, id)
  ) ${tableEnd}`,
  `create table sessions (
    namespace text not null, id text not null, hash text not null unique, name text not null, role text not null,
    user_agent text not null, created_at ${int} not null, last_seen_at ${int} not null, expires_at ${int} not null,
    primary key (namespace, id)
  ) ${tableEnd}`,
  `create table login_links (
    namespace text not null, hash text not null primary key, name text not null, role text not null,
    expires_at ${int} not null
  ) ${tableEnd}`,
];

const audit = ({ int, tableEnd }: DialectTypes) => [
  `create table audit (
    namespace text not null, seq ${int} not null, at ${int} not null, actor text not null, actor_name text not null,
    action text not null, object text not null, outcome text not null, before text not null, after text not null,
    request_id text not null, prev_hash text not null, hash text not null, primary key (namespace, seq)
  ) ${tableEnd}`,
  `create table audit_heads (
    namespace text not null primary key, seq ${int} not null, hash text not null
  ) ${tableEnd}`,
];

const REFUSAL = 'audit rows are only ever added';

const auditTriggers = ({ kind }: DialectTypes) =>
  kind === 'sqlite'
    ? ['update', 'delete'].map(
        (verb) => `create trigger audit_no_${verb} before ${verb} on audit begin select raise(abort, '${REFUSAL}'); end`
      )
    : [
        `create function audit_refuse() returns trigger language plpgsql as
          $$ begin raise exception '${REFUSAL}'; end $$`,
        `create trigger audit_no_change before update or delete on audit for each row execute function audit_refuse()`,
        `create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()`,
      ];

const changesAndJobs = ({ int, serial, tableEnd }: DialectTypes) => [
  `create table changes (
    seq ${serial}, namespace text not null, topic text not null, change_id text not null
  ) ${tableEnd}`,
  `create index changes_by_namespace on changes (namespace, seq)`,
  `create table jobs (
    seq ${serial}, namespace text not null, kind text not null, queue text not null, payload text not null,
    run_at ${int} not null, first_run_at ${int} not null, idempotency_key text not null, subject text not null,
    state text not null, attempts ${int} not null, batch_id text, lease_until ${int}, fence ${int} not null, last_error text,
    created_at ${int} not null, finished_at ${int}
  ) ${tableEnd}`,
  `create unique index jobs_once on jobs (namespace, idempotency_key)`,
  `create index jobs_queued on jobs (namespace, kind, queue, run_at, seq) where state = 'queued'`,
  `create index jobs_by_batch on jobs (namespace, batch_id) where batch_id is not null`,
  `create index jobs_by_subject on jobs (namespace, kind, subject)`,
  `create index jobs_finished on jobs (namespace, state, finished_at) where finished_at is not null`,
  `create table job_queues (
    namespace text not null, kind text not null, queue text not null, fence ${int} not null, batch_id text,
    claimable_at ${int}, primary key (namespace, kind, queue)
  ) ${tableEnd}`,
  `create table store_check (id ${int} primary key, checked_at ${int} not null) ${tableEnd}`,
];

/** Every table of the first release. */
export const initial = (types: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    const parts = [alerts, history, settings, access, audit, auditTriggers, changesAndJobs];
    for (const statement of parts.flatMap((part) => part(types))) {
      await sql.raw(statement).execute(db);
    }
  },
});
