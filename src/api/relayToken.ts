import { z } from 'zod';

export const RELAY_ISSUER = 'pharos-relay';
export const RELAY_AUDIENCE = 'pharos-engine';
/** Longest life of a relay token, in seconds. */
export const RELAY_MAX_AGE = 60;

/**
 * Claims of the JWT (HS256) that the relay signs for each call. `sub` is the `sub` of Grafana's id token (`user:2`, `service-account:4`,
 * `anonymous:0`), empty where Grafana sends none. `role` is what Grafana states; the engine decides what it is worth.
 */
export const relayClaims = z.object({
  iss: z.literal(RELAY_ISSUER),
  aud: z.literal(RELAY_AUDIENCE),
  iat: z.number().int(),
  exp: z.number().int(),
  sub: z.string().max(200),
  login: z.string().max(200),
  role: z.string().max(50),
  namespace: z.string().regex(/^[A-Za-z0-9._-]{1,150}$/, 'expected a namespace such as default or org-2'),
  /** Which of Grafana's calls this is: QueryData is a viewer's whatever `role` says. */
  call: z.enum(['query', 'resource', 'health']),
});
export type RelayClaims = z.output<typeof relayClaims>;
