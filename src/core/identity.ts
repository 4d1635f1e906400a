export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, however they came in: token, session or relay. */
export interface Identity {
  /** Stable: `token:<id>`, `session:<id>`, `grafana:<namespace>:<sub>`, `engine`. */
  readonly subject: string;
  /** For people; may change. */
  readonly name: string;
  readonly role: Role;
  readonly namespace: string;
  /** True for intake tokens, which may send alerts and nothing else. */
  readonly intakeOnly: boolean;
}

export const DEFAULT_NAMESPACE = 'default';

export const hasRole = (identity: Pick<Identity, 'role'>, needed: Role): boolean =>
  ROLES.indexOf(identity.role) >= ROLES.indexOf(needed);

/**
 * What a person's own things are kept under. A console session is new with every login, so there it is the name on the login link,
 * which an admin gives; everywhere else the subject stays.
 */
export const personOf = ({ subject, name }: Pick<Identity, 'subject' | 'name'>): string =>
  subject.startsWith('session:') ? `console:${name}` : subject;

/** Who sends alerts, told apart from all other senders of all namespaces. */
export const senderOf = ({ namespace, subject }: Pick<Identity, 'namespace' | 'subject'>): string =>
  JSON.stringify([namespace, subject]);

const NOBODY = /^grafana:[^:]*:(?:(?:resource|query|health)$|anonymous:)/;

/** Grafana has not said who is calling: an anonymous visitor, or one of several callers without an id of their own. */
export const isNobody = ({ subject }: Pick<Identity, 'subject'>): boolean => NOBODY.test(subject);

/** An admin of the deployment's own namespace, who answers for the engine as a whole and not only for what is in one namespace. */
export const isEngineAdmin = (identity: Pick<Identity, 'role' | 'namespace'>): boolean =>
  identity.role === 'admin' && identity.namespace === DEFAULT_NAMESPACE;
