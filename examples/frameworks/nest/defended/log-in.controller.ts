import { Body, Controller, Get, Inject, Post, Query, Redirect, Render, Req, Res } from '@nestjs/common';
import { CurrentSession, Form } from 'bulwark/nest';
import { safeRedirect } from 'bulwark/redirect';
import type { RegisteredSession } from 'bulwark/session';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { LogInService } from './log-in.service.ts';

const credentials = z.object({ email: z.string().max(200), password: z.string().max(1_000) });

@Controller()
export class LogInController {
  constructor(@Inject(LogInService) private readonly service: LogInService) {}

  @Get('login')
  @Render('login')
  form() {
    return { title: 'Log in', query: '', failed: false };
  }

  @Post('login')
  @Form({ schema: credentials })
  async logIn(
    @Body() { email, password }: z.infer<typeof credentials>,
    @Req() req: Request,
    @Res() res: Response,
  ) {
    if (await this.service.logIn(req, res, email, password)) res.redirect(303, '/');
    else res.status(401).render('login', { title: 'Log in', query: '', failed: true });
  }

  @Post('logout')
  @Redirect('/login', 303)
  async logOut(@CurrentSession() session: RegisteredSession) {
    await session.logOut();
  }

  @Get('go')
  @Redirect()
  go(@Query('to') to: unknown) {
    return { url: safeRedirect(to, { fallback: '/' }) };
  }

  @Get('boom')
  boom() {
    throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
  }
}
