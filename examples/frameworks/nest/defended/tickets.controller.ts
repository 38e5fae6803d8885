import {
  Body,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { render, sanitize } from 'bulwark/html';
import { CurrentSession, Form, Upload } from 'bulwark/nest';
import { redirectTo } from 'bulwark/redirect';
import type { RegisteredSession } from 'bulwark/session';
import { sendUpload } from 'bulwark/upload';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { files, papers } from './attachments.ts';
import { LoggedInGuard, VisitorsLogInFilter } from './logged-in.guard.ts';
import { TicketsService } from './tickets.service.ts';

export const ticket = z.object({
  title: z.string().min(1).max(200),
  body: z.string().max(20_000).default(''),
});

@Controller()
@UseGuards(LoggedInGuard)
@UseFilters(VisitorsLogInFilter)
export class TicketsController {
  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  @Get()
  @Render('list')
  async list(@Query('q') q: unknown, @Query('sort') sort: unknown) {
    const query = typeof q === 'string' ? q : '';
    return { title: 'Desk', query, tickets: await this.tickets.find(query, sort) };
  }

  @Get('tickets/new')
  @Render('new-ticket')
  form() {
    return { title: 'New ticket', query: '' };
  }

  @Post('tickets')
  @Form({ schema: ticket })
  @Redirect('/', 303)
  async add(@CurrentSession() { user }: RegisteredSession, @Body() body: z.infer<typeof ticket>) {
    return { url: redirectTo`/tickets/${await this.tickets.add(String(user), body)}` };
  }

  @Get('tickets/:id')
  @Render('ticket')
  async show(@Param('id') id: string) {
    const found = await this.tickets.findOne(id);
    if (!found) throw new NotFoundException();
    return { title: found.title, query: '', ticket: found, body: render(sanitize(found.body, 'comment')) };
  }

  @Post('tickets/:id/attachment')
  @Upload(papers)
  @Redirect('/', 303)
  async attach(@Param('id') id: string, @Body() { files }: Awaited<ReturnType<typeof papers.receive>>) {
    await this.tickets.attach(files.file.id, id, files.file.name);
    return { url: redirectTo`/tickets/${id}` };
  }

  @Get('attachments/:name')
  async download(@Param('name') name: string, @Req() req: Request, @Res() res: Response) {
    await sendUpload(req, res, files, name);
  }
}
