import { type SinkId, sinkIds } from '../../sinks/sink-kinds.ts';

/** What an IP address can do no harm to: all but where a request, a redirect or a link leads. */
export const exceptForRequests: readonly SinkId[] = sinkIds.filter(
  (kind) => kind !== 'ssrf' && kind !== 'redirect' && kind !== 'link',
);
