import type { Reply } from './reply.ts';

/** What a `Response` made here cannot be told by its constructor. */
interface Arrival {
  readonly url: URL;
  readonly redirected: boolean;
}

/** A built-in `Response` of what came back. */
export function responseOf({ status, statusText, headers, body }: Reply, arrival: Arrival): Response {
  const response = new Response(body, {
    // The constructor takes 200 to 599; servers send 999 as well.
    status: status >= 200 && status <= 599 ? status : 200,
    statusText: /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : '',
    headers,
  });
  return arrived(response, status, arrival);
}

function arrived(response: Response, status: number, arrival: Arrival): Response {
  const url = new URL(arrival.url);
  url.hash = '';
  const clone = response.clone.bind(response);
  Object.defineProperties(response, {
    url: { value: url.href, enumerable: true },
    redirected: { value: arrival.redirected, enumerable: true },
    ...(response.status !== status && {
      status: { value: status, enumerable: true },
      ok: { value: false, enumerable: true },
    }),
    clone: { value: () => arrived(clone(), status, arrival) },
  });
  return response;
}
