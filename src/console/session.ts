import { t } from '../i18n/t.ts';

export type SignIn =
  | { readonly kind: 'done' }
  /** Used already, expired, or never a link. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly why: string };

/** Trades the token of a login link for a session cookie. The token is spent by this. */
export async function signIn(token: string): Promise<SignIn> {
  try {
    const response = await fetch('/login', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (response.ok) {
      return { kind: 'done' };
    }
    if (response.status === 401) {
      return { kind: 'refused' };
    }
    const why = detailOf(await response.json().catch(() => undefined));
    return { kind: 'failed', why: why ?? answeredWith(response.status) };
  } catch {
    return { kind: 'failed', why: t('console.session.not-reached', 'The engine cannot be reached.') };
  }
}

const answeredWith = (status: number): string =>
  t('console.session.status', 'The engine answered with status {{status}}.', { status });

const detailOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
    ? body.detail
    : undefined;

/** Ends the session here and at the engine; without an answer, at least the page forgets it. */
export async function signOut(): Promise<void> {
  await fetch('/logout', { method: 'POST', credentials: 'same-origin' }).catch(() => undefined);
}
