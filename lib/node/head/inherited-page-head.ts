import { type NodeHttp, nodeHttp } from '../node-http.ts';
import type { WriteHead } from './given-headers.ts';
import { stateOf } from './response-state.ts';
import { sendPageHead } from './write-page-head.ts';

/**
 * What stands in for `writeHead` on a prototype of responses. A response that passed no `bulwark()`, or whose own `writeHead` was
 * replaced by the time that it did, is sent as Node sends it.
 */
export const inheritedPageHead: WriteHead = function (status, reason, headers) {
  const state = stateOf(this);
  if (state?.inherits) return sendPageHead(this, state, status, reason, headers);
  return ((nodeHttp as NodeHttp).ServerResponse.prototype.writeHead as WriteHead).call(
    this,
    status,
    reason,
    headers,
  );
};
