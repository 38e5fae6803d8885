/**
 * Passes on a stream that the caller sends, and cancels it when the exchange is given up, as it may hold a file or a
 * socket open. undici reads a copy (`tee`), whose end does not reach the caller's stream.
 */
export function sentStream(
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const letGo = (): void => {
          // An error first: a stream that merely ends would look like all that there was to send.
          controller.error(signal.reason);
          reader.cancel(signal.reason).catch(() => {});
        };
        if (signal.aborted) letGo();
        else signal.addEventListener('abort', letGo, { once: true });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
