import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LogInService } from './log-in.service.ts';

@Controller()
export class LogInController {
  constructor(@Inject(LogInService) private readonly service: LogInService) {}

  @Get('login')
  form(@Req() req: Request, @Res() res: Response) {
    if (!req.cookies.sid) res.cookie('sid', randomUUID());
    res.render('login', { title: 'Log in', query: '', failed: false });
  }

  @Post('login')
  async logIn(@Body() body: { email: string; password: string }, @Req() req: Request, @Res() res: Response) {
    const sid = await this.service.logIn(req.cookies.sid, body.email, body.password);
    if (sid) res.cookie('sid', sid).redirect('/');
    else res.status(401).render('login', { title: 'Log in', query: '', failed: true });
  }

  @Post('logout')
  @Redirect('/login')
  logOut(@Req() req: Request) {
    this.service.logOut(req.cookies.sid);
  }

  @Get('go')
  @Redirect()
  go(@Query('to') to: string) {
    return { url: to };
  }

  @Get('boom')
  boom() {
    throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
  }
}
