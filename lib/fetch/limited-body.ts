export interface BodyEvents {
  /** More bytes came than are allowed. Ends the exchange and gives the error that the reader sees. */
  exceeded(): unknown;
  /** What the reader sees instead of this error. */
  failed(error: unknown): unknown;
  /** The body was read to its end, given up or broken: nothing more will come. */
  ended(): void;
}

/** Passes a body on byte by byte until `limit`. It reads no further than its reader does. */
export function limitedBody(
  body: ReadableStream<Uint8Array>,
  limit: number,
  events: BodyEvents,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            events.ended();
            controller.close();
            return;
          }
          bytes += value.byteLength;
          if (bytes <= limit) return controller.enqueue(value);
        } catch (error) {
          events.ended();
          return controller.error(events.failed(error));
        }
        controller.error(events.exceeded());
      },
      cancel(reason) {
        events.ended();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
