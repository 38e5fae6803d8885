import type { NextFunction, Request, Response } from 'express';

export { bulwark } from 'bulwark/express';

/** Hands every error on to the framework's own handler, as an application without the last line does. */
export function bulwarkErrors() {
  return (error: unknown, _req: Request, _res: Response, next: NextFunction): void => next(error);
}
