import type { Express } from 'express';
import type { NodeRedisClient } from '../../lib/session/redis/index.ts';

export const origin = 'https://shop.example.com';
export const partner = 'https://partner.example.com';
export const windowSeconds = 60;
/** Each contender counts every request, and refuses none. */
export const requestsAWindow = 100_000_000;

/** What each visitor has in the session. */
export interface Visit {
  readonly cart: readonly string[];
  readonly theme: string;
  readonly changes: number;
}

export const visitAtLogIn: Visit = { cart: ['lamp', 'chair', 'desk'], theme: 'light', changes: 0 };

/** The answers, which are the same whatever stands before them. */
export function product(id: string): object {
  return { id, name: 'Lamp', price: 1990, stock: 12 };
}

export function account(user: string | undefined, { cart, theme, changes }: Partial<Visit>): object {
  return { user, cart, theme, changes };
}

/** A contender: its application, with the same routes as the other one. */
export type Contender = (client: NodeRedisClient, storedHash: string) => Promise<Express>;
