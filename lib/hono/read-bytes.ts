import type { Context } from 'hono';
import { enforce } from '../internal/refuse.ts';
import { readBody as readNodeBody } from '../node/body/read-body.ts';
import { judgeBodySoFar } from '../request/announced-body.ts';
import { readBody } from '../web/read-body.ts';
import { begunOf, isNode } from './begun.ts';

/**
 * All of a request's body, which Hono's own methods, such as `c.req.json()`, find as if they had read it.
 *
 * @throws Refusal `request/body-too-large`
 * @throws Misuse `request/body-already-read`
 */
export async function readBytes(c: Context, maxBytes: number): Promise<Uint8Array> {
  const { bodyCache } = c.req;
  // Hono's methods keep what they have read.
  if (Object.keys(bodyCache).length > 0) {
    const known = new Uint8Array(await c.req.arrayBuffer());
    enforce(judgeBodySoFar(known.byteLength, maxBytes));
    return known;
  }
  const begun = begunOf(c);
  const bytes =
    begun && isNode(begun)
      ? await readNodeBody(begun.incoming, maxBytes)
      : await readBody(c.req.raw, maxBytes);
  // A copy, since Node's buffers share their memory.
  const own = new Uint8Array(bytes);
  Object.assign(bodyCache, { arrayBuffer: Promise.resolve(own.buffer) });
  return own;
}
