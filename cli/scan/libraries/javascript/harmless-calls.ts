/**
 * Names of functions and methods of JavaScript, Express, Fastify, Koa and Hono whose errors, if any, reveal no internals
 * of the program. A `try` block that calls only such functions can only throw the program's own messages:
 * `try { if (!key) throw new Error('The key is empty'); res.send(found); }`
 */
export const harmlessCalls: ReadonlySet<string> = new Set(
  `Error TypeError RangeError Number String Boolean isNaN isFinite parseInt parseFloat isArray isInteger isSafeInteger keys
  values entries trim trimStart trimEnd toLowerCase toUpperCase includes startsWith endsWith indexOf split slice substring
  replace replaceAll padStart padEnd concat join test match has get set add push pop shift unshift at includes now random floor
  ceil round min max abs toString hasOwn hasOwnProperty log info warn error debug
  send json status sendStatus code header setHeader type end text`.split(/\s+/),
);
