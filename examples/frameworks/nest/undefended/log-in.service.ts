import { randomUUID } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request } from 'express';
import { TicketsService } from './tickets.service.ts';

@Injectable()
export class LogInService {
  private readonly users = new Map<string, string>();

  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  /** The id of the session, or undefined if the password is wrong. */
  async logIn(sid: string | undefined, email: string, password: string): Promise<string | undefined> {
    const user = await this.tickets.findUser(email, password);
    if (!user) return undefined;
    const id = sid ?? randomUUID();
    this.users.set(id, user);
    return id;
  }

  logOut(sid: string): void {
    this.users.delete(sid);
  }

  userOf(sid: string): string | undefined {
    return this.users.get(sid);
  }
}

@Injectable()
export class LoggedInGuard implements CanActivate {
  constructor(@Inject(LogInService) private readonly service: LogInService) {}

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request & { user?: string }>();
    const user = this.service.userOf(req.cookies.sid);
    if (!user) throw new UnauthorizedException();
    req.user = user;
    return true;
  }
}
