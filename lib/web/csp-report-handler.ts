import { cspReportEndpoint, type ReportEndpoint } from '../csp/report-endpoint.ts';
import { currentRequest } from '../request/context.ts';

/**
 * Receives browsers' reports at the path that `csp({ reportTo })` names. It answers 204 to a report, and 400, 405, 413, 415 or 429 to
 * anything else.
 *
 * @param endpoint keep a reference, to call its `violations()`
 *
 * @example
 * ```ts
 * import { bulwark, cspReportHandler } from 'bulwark/web';
 *
 * const reports = cspReportHandler();
 * const app = bulwark({ csp: { reportTo: '/csp-reports' } }, (request) =>
 *   new URL(request.url).pathname === '/csp-reports' ? reports(request) : new Response('hello'),
 * );
 * ```
 */
export function cspReportHandler(
  endpoint: ReportEndpoint = cspReportEndpoint(),
): (request: Request) => Promise<Response> {
  return async function cspReports(request) {
    const { method, headers } = request;
    const refused = endpoint.admit({
      ...{ method, contentType: headers.get('content-type') ?? undefined },
      client: currentRequest()?.client,
    });
    const status = refused ?? (await take(request));
    const more = status === 405 ? { Allow: 'POST' } : status === 429 ? { 'Retry-After': '60' } : undefined;
    return new Response(null, { status, ...(more && { headers: more }) });
  };

  async function take(request: Request): Promise<number> {
    if (Number(request.headers.get('content-length') ?? 0) > endpoint.maxBytes) return 413;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > endpoint.maxBytes) return 413;
      chunks.push(chunk);
    }
    return endpoint.take(new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()));
  }
}
