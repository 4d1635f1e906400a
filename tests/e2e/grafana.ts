import http from 'node:http';
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

interface CallOptions {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of Grafana's own API as its administrator, with the path as it is written here: `fetch` would tidy it up. */
export function grafanaCall(
  method: string,
  place: string,
  { body, headers = {} }: CallOptions = {}
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(theStack().grafana);
  const all = { authorization: adminAuthorization(), 'content-type': 'application/json', ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path: place, headers: all }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The same with JSON both ways. */
export async function grafanaApi(
  method: string,
  place: string,
  body?: unknown
): Promise<{ status: number; body: unknown }> {
  const { status, text } = await grafanaCall(method, place, body === undefined ? {} : { body: JSON.stringify(body) });
  return { status, body: text === '' ? null : JSON.parse(text) };
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
