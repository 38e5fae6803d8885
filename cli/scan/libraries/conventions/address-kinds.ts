import { type SinkId, sinkIds } from '../../sinks/sink-kinds.ts';

/** The sink kinds for which an IP address is harmless: all but the targets of requests, redirects and links. */
export const exceptForRequests: readonly SinkId[] = sinkIds.filter(
  (kind) => kind !== 'ssrf' && kind !== 'redirect' && kind !== 'link',
);
