/** Where an application's failures go, with the request's id. */
export type OnError = (error: unknown, requestId: string) => void;

/** A log that fails must neither show the client an error page nor end the process. */
export function failureLog(onError: OnError = toStandardError): OnError {
  return (error, requestId) => {
    const failed = (reason: unknown): void => {
      toStandardError(error, requestId);
      toStandardError(reason, requestId);
    };
    try {
      Promise.resolve(onError(error, requestId) as unknown).catch(failed);
    } catch (reason) {
      failed(reason);
    }
  };
}

function toStandardError(error: unknown, requestId: string): void {
  try {
    console.error(`request ${requestId} failed:`, error);
  } catch {
    // A getter of its stack that throws.
    console.error(`request ${requestId} failed, with what cannot be printed`);
  }
}
