import { expect, type APIRequestContext } from '@playwright/test';
import { z } from 'zod';
import { theStack } from './stack.ts';

const PASSWORD = 'only-for-tests-7Qx';
const ROLES = { viewer: 'Viewer', editor: 'Editor', admin: 'Admin' } as const;

export interface GrafanaPerson {
  readonly login: string;
  readonly role: keyof typeof ROLES;
}

const adminAuthorization = (): string =>
  `Basic ${Buffer.from(`admin:${theStack().grafanaPassword}`).toString('base64')}`;

/** One call of Grafana's own API as its administrator. */
export async function grafanaApi(
  method: string,
  place: string,
  body?: unknown
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(new URL(place, theStack().grafana), {
    method,
    headers: { authorization: adminAuthorization(), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

async function ensurePerson({ login, role }: GrafanaPerson): Promise<void> {
  const known = await grafanaApi('GET', `/api/users/lookup?loginOrEmail=${login}`);
  if (known.status === 200) {
    return;
  }
  const made = await grafanaApi('POST', '/api/admin/users', { login, name: login, password: PASSWORD, OrgId: 1 });
  const { id } = z.object({ id: z.number() }).parse(made.body);
  const changed = await grafanaApi('PATCH', `/api/org/users/${id}`, { role: ROLES[role] });
  expect(changed.status).toBe(200);
}

/** Gives the browser a session of this person, who is made where Grafana does not know them yet. */
export async function signInToGrafana(request: APIRequestContext, person: GrafanaPerson): Promise<void> {
  await ensurePerson(person);
  const response = await request.post(new URL('/login', theStack().grafana).href, {
    data: { user: person.login, password: PASSWORD },
  });
  expect(response.status()).toBe(200);
}
