import { allowed, type Decision, deny } from '../refusal/decision.ts';

/**
 * Whether the body that a request announces fits. A body without a length (`Transfer-Encoding: chunked`) announces none:
 * `judgeBodySoFar` judges it while it is read.
 */
export function judgeAnnouncedBody(
  contentLength: string | undefined,
  maxBodyBytes: number,
): Decision<'request/body-too-large'> {
  if (contentLength === undefined) return allowed;
  const announced = Number(contentLength);
  // A limit that is no number fits nothing, and so does a length that is none.
  return announced <= maxBodyBytes ? allowed : deny('request/body-too-large', { announced, maxBodyBytes });
}

/** Whether what was read of a body without a length fits. */
export function judgeBodySoFar(bytes: number, maxBodyBytes: number): Decision<'request/body-too-large'> {
  return bytes <= maxBodyBytes ? allowed : deny('request/body-too-large', { announced: null, maxBodyBytes });
}
