import { STATUS_CODES } from 'node:http';
import { type OwnProblem, ownProblems } from '../internal/own-problems.ts';
import type { Problem } from '../refusal/refusal.ts';

/** Nest's `HttpException`, of whichever copy of @nestjs/common. */
interface HttpException extends Error {
  getStatus(): unknown;
  getResponse(): unknown;
}

/**
 * What a client sees of an `HttpException`: its status, and for 4xx what the developer wrote for the client, as members of RFC 9457. A 5xx
 * shows nothing of the exception (CWE-209).
 *
 * @returns undefined for every other error
 */
export function httpProblem(error: unknown): OwnProblem | undefined {
  try {
    if (!isHttpException(error)) return undefined;
    const status = error.getStatus();
    if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 599)
      return undefined;
    const problem =
      status >= 500 ? failure(status) : { ...written(error.getResponse(), status), ...described(status) };
    return ownProblems.add(
      Object.assign(new Error(undefined, { cause: error }), { toProblem: (): Problem => problem }),
    );
  } catch {
    // A getter that throws: no answer depends on what was thrown.
    return undefined;
  }
}

function isHttpException(error: unknown): error is HttpException {
  if (!(error instanceof Error)) return false;
  const { getStatus, getResponse } = error as Partial<HttpException>;
  return typeof getStatus === 'function' && typeof getResponse === 'function';
}

function failure(status: number): Problem {
  return { type: 'about:blank', title: 'The server could not answer.', status };
}

/** RFC 9457, 4.2.1: with about:blank the title is the status's own phrase. */
function described(status: number): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Bad Request', status };
}

/** The response of an exception as members: Nest's `message` is a sentence, or the list that a ValidationPipe makes. */
function written(response: unknown, status: number): object {
  if (typeof response === 'string') return detail(response, status);
  if (typeof response !== 'object' || response === null || Array.isArray(response)) return {};
  const { message, error: _phrase, statusCode: _status, ...others } = plain(response);
  if (Array.isArray(message)) return { ...others, errors: message };
  return { ...others, ...(typeof message === 'string' && detail(message, status)) };
}

/** The response as JSON represents it, or an empty object if JSON can't. */
function plain(response: object): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(JSON.stringify(response));
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Leaves out Nest's message for an unknown route, which repeats the URL, and a status phrase, which the title has already. */
function detail(message: string, status: number): object {
  const isUnknownRoute = status === 404 && /^Cannot [A-Z-]+ /.test(message);
  if (isUnknownRoute || Object.values(STATUS_CODES).includes(message)) return {};
  return { detail: message };
}
