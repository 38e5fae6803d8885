/**
 * The names of cookies, for Express 4 and 5, Fastify with @fastify/cookie, Koa, Hono, Next.js and the package `cookie`.
 * Their values are encoded, and a name with a constant prefix cannot be that of another cookie.
 * https://expressjs.com/en/api.html#res.cookie, https://hono.dev/docs/helpers/cookie
 */
import type { Condition, Models } from '../../../models/model.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.'];
const isWhole: Condition = { at: 'Argument[0]', begins: letters, not: true };
const isWholeSecond: Condition = { at: 'Argument[1]', begins: letters, not: true };

export const cookies: Models = {
  language: 'javascript',
  sinks: [
    ['express.Response', 'Member[cookie].Argument[0]', 'header', isWhole],
    ['fastify.Reply', 'Member[setCookie,cookie].Argument[0]', 'header', isWhole],
    ['koa.Context', 'Member[cookies].Member[set].Argument[0]', 'header', isWhole],
    ['hono/cookie', 'Member[setCookie,setSignedCookie].Argument[1]', 'header', isWholeSecond],
    ['next.Cookies', 'Member[set].Argument[0]', 'header', isWhole],
    ['cookie', 'Member[serialize].Argument[0]', 'header', isWhole],
  ],
};
