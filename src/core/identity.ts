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
