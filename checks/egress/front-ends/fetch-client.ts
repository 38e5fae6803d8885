import type { Answer, Client, Sent } from './front-end.ts';

/** A client around anything that is called like `fetch`. */
export function fetchClient(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  close: () => void = () => {},
): Client {
  return {
    async send({ url, ...init }: Sent): Promise<Answer> {
      const response = await fetch(url, init);
      const body = await response.arrayBuffer();
      return { status: response.status, bytes: body.byteLength };
    },
    close,
  };
}
