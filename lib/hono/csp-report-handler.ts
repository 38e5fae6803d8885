import type { Context } from 'hono';
import { cspReportEndpoint, type ReportEndpoint } from '../csp/report-endpoint.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { currentRequest } from '../request/context.ts';
import { readBytes } from './read-bytes.ts';

/**
 * Receives browsers' reports at the path that `csp({ reportTo })` names. It answers 204 to a report, and 400, 405, 413, 415 or 429 to
 * anything else.
 *
 * @param endpoint keep a reference, to call its `violations()`
 *
 * @example
 * ```ts
 * import { bulwark, cspReportHandler } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(bulwark({ csp: { reportTo: '/csp-reports' } }));
 * app.all('/csp-reports', cspReportHandler());
 * ```
 */
export function cspReportHandler(
  endpoint: ReportEndpoint = cspReportEndpoint(),
): (c: Context) => Promise<Response> {
  return async function cspReports(c) {
    const refused = endpoint.admit({
      ...{ method: c.req.method, contentType: c.req.header('content-type') },
      client: currentRequest()?.client,
    });
    const status = refused ?? (await take(c));
    const more = status === 405 ? { Allow: 'POST' } : status === 429 ? { 'Retry-After': '60' } : undefined;
    return new Response(null, { status, ...(more && { headers: more }) });
  };

  async function take(c: Context): Promise<number> {
    try {
      return endpoint.take(await readBytes(c, endpoint.maxBytes));
    } catch (error) {
      if (isRefusal(error, 'request/body-too-large')) return 413;
      throw error;
    }
  }
}
