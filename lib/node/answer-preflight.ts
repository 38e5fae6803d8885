import type { ServerResponse } from 'node:http';
import type { Preflight } from '../cors/cors.ts';

/** Its headers are set already. */
export function answerPreflight({ status }: Preflight, res: ServerResponse): void {
  res.statusCode = status;
  res.setHeader('Content-Length', '0');
  res.end();
}
