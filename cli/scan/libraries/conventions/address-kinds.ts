import { type SinkKind, sinkKinds } from '../../models/model.ts';

/** What an IP address can do no harm to: all but where a request, a redirect or a link leads. */
export const exceptForRequests: readonly SinkKind[] = sinkKinds.filter(
  (kind) => kind !== 'ssrf' && kind !== 'redirect' && kind !== 'link',
);
