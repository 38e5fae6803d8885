import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Makes a server that does not listen yet. */
export type Contender = () => Promise<Server>;
/** By what it is measured with: `headers` is headers, context, nonce and limits; `sealed` and `store` add a session, CSRF and CORS. */
export type Level = 'headers' | 'sealed' | 'store';
export type Contenders = Readonly<Record<'bare' | `${'usual' | 'bulwark'} ${Level}`, Contender>>;

/** The same small answer behind each. */
export function product(id: string, user: unknown): object {
  return { id, name: 'Lamp', price: 1990, stock: 12, user };
}

export const origin = 'https://shop.example.com';
export const partner = 'https://partner.example.com';
export const secret = 'r9Qd2wXv7LbT4mKc8NfZ3yHs6PjG1eUa';
/** What the session holds besides the user. */
export interface Visit {
  theme: string;
  cart: readonly string[];
  seen: number;
}

export const visit: Visit = { theme: 'dark', cart: ['a71', 'b20', 'c15'], seen: 1_790_000_000 };

/** As helmet's documentation has it. */
export function nonce(): string {
  return randomBytes(32).toString('hex');
}

type Source = string | ((req: IncomingMessage, res: ServerResponse) => string);

/** The directives that both sets send. */
export function directives(
  nonceOf: (req: IncomingMessage, res: ServerResponse) => string,
): Record<string, Source[]> {
  return {
    scriptSrc: ["'strict-dynamic'", nonceOf],
    styleSrc: ["'self'", nonceOf],
    frameAncestors: ["'none'"],
  };
}

export const ironOptions = {
  password: secret,
  cookieName: 'session',
  ttl: 1_800,
  cookieOptions: { secure: true, httpOnly: true, sameSite: 'lax' },
} as const;
