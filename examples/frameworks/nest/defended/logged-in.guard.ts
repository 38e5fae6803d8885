import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { session } from './session.ts';

export class LoggedInGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (session.of(context.switchToHttp().getRequest<Request>()).user !== undefined) return true;
    throw new UnauthorizedException();
  }
}

/** Sends visitors of pages to the log-in. Clients of the API get a 401. */
@Catch(UnauthorizedException)
export class VisitorsLogInFilter implements ExceptionFilter {
  catch(_error: UnauthorizedException, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().redirect('/login');
  }
}
