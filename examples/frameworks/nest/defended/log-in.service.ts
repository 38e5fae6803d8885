import { Inject, Injectable } from '@nestjs/common';
import { passwords } from 'bulwark/password';
import { loginLimit, memoryStore } from 'bulwark/rate-limit';
import { currentRequest } from 'bulwark/request';
import type { Request, Response } from 'express';
import { keys, session } from './session.ts';
import { TicketsService } from './tickets.service.ts';

@Injectable()
export class LogInService {
  private readonly passwords = passwords({ site: 'Desk' });
  private readonly limit = loginLimit({ store: memoryStore(), keys });

  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  /** Logs a user in, or returns false. Throws a Refusal (429) after too many attempts. */
  async logIn(req: Request, res: Response, email: string, password: string): Promise<boolean> {
    const user = await this.tickets.findUser(email);
    const account = user ? `id:${user.id}` : `name:${email}`;
    const attempt = await this.limit.reserve({
      account,
      address: currentRequest()?.client,
      cookie: this.limit.cookie(req),
    });
    const { ok } = await this.passwords.verify(password, user?.password_hash);
    if (!ok || !user) {
      attempt.failed();
      return false;
    }
    res.append('Set-Cookie', await attempt.succeeded());
    await session.of(req).logIn(user.id);
    return true;
  }
}
