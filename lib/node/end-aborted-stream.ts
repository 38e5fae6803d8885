/** The parts of a response of HTTP/2 that are used. */
interface Http2Response {
  readonly stream?: {
    readonly rstCode?: number;
    once?(event: 'aborted', listener: () => void): unknown;
    destroy(): void;
  };
}

/**
 * Ends the stream of a response once its client has cancelled it. If the client does so with `RST_STREAM` and the code `NO_ERROR`, Node
 * leaves a response open that is still being sent, even when the connection has ended: whatever feeds it is never closed (CWE-772).
 */
export function endAbortedStream(res: object): void {
  const { stream } = res as Http2Response;
  stream?.once?.('aborted', () => {
    // With another code, Node ends it itself.
    if (stream.rstCode === 0) stream.destroy();
  });
}
