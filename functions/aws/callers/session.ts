import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** An anonymous browser, known by nothing but the cookie that it was given. */
export type Session = { id: string; issuedAt: number };

/** With this prefix a browser takes the cookie from our own host only, by TLS, for every path of it (RFC 6265bis, 4.1.3.2). */
const NAME = '__Host-sgcode-session';
const ID = /^[0-9a-f]{32}$/;
const LIFETIME_SECONDS = 30 * 86_400;
const RENEWED_AFTER_SECONDS = 86_400;

/** A session that nobody had before. */
export function newSession(now: number): Session {
  return { id: randomBytes(16).toString('hex'), issuedAt: Math.floor(now / 1000) };
}

/** The session of a Cookie header; null where there is none, it has expired, or it was not signed by us. */
export function readSession(header: string | undefined, secret: string, now: number): Session | null {
  for (const value of cookieValues(header ?? '')) {
    const [id = '', issued = '', signature = ''] = value.split('.');
    if (!ID.test(id) || !/^\d{1,12}$/.test(issued)) continue;
    const session = { id, issuedAt: Number(issued) };
    if (!isSame(signature, sign(session, secret))) continue;
    const age = now / 1000 - session.issuedAt;
    if (age >= -60 && age < LIFETIME_SECONDS) return session;
  }
  return null;
}

/** Whether a session that is in use should be handed out anew, so that it does not expire meanwhile. */
export function isOld({ issuedAt }: Session, now: number): boolean {
  return now / 1000 - issuedAt > RENEWED_AFTER_SECONDS;
}

/** The Set-Cookie header that hands a session out: no script reads it, and no other site's request carries it. */
export function sessionCookie(session: Session, secret: string): string {
  const value = `${session.id}.${session.issuedAt}.${sign(session, secret)}`;
  return `${NAME}=${value}; Path=/; Max-Age=${LIFETIME_SECONDS}; Secure; HttpOnly; SameSite=Strict`;
}

function sign({ id, issuedAt }: Session, secret: string): string {
  return createHmac('sha256', secret).update(`session.${id}.${issuedAt}`).digest('base64url');
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

function cookieValues(header: string): string[] {
  return header
    .slice(0, 8_192)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${NAME}=`))
    .map((part) => part.slice(NAME.length + 1));
}
