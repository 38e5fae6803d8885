import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import {
  BadRequestException,
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
  UploadedFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { LoggedInGuard } from './log-in.service.ts';
import { TicketsService } from './tickets.service.ts';

const folder = mkdtempSync(join(tmpdir(), 'desk-undefended-'));

@Controller()
@UseGuards(LoggedInGuard)
export class TicketsController {
  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  @Get()
  @Render('list')
  async list(@Query('q') q: string | undefined, @Query('sort') sort: string | undefined) {
    return { title: 'Desk', query: q ?? '', tickets: await this.tickets.find(q, sort) };
  }

  @Get('tickets/new')
  @Render('new-ticket')
  form() {
    return { title: 'New ticket', query: '' };
  }

  @Post('tickets')
  @Redirect()
  async add(@Req() req: Request & { user: string }, @Body() body: { title: string; body: string }) {
    return { url: `/tickets/${await this.tickets.add(req.user, body.title, body.body)}` };
  }

  @Get('tickets/:id')
  @Render('ticket')
  async show(@Param('id') id: string) {
    const ticket = await this.tickets.findOne(id);
    if (!ticket) throw new NotFoundException();
    return { title: 'Ticket', query: '', ticket };
  }

  @Post('tickets/:id/attachment')
  @UseInterceptors(FileInterceptor('file', { preservePath: true }))
  @Redirect()
  async attach(@Param('id') id: string, @UploadedFile() file: Express.Multer.File) {
    if (!['image/png', 'application/pdf', 'text/plain'].includes(file.mimetype))
      throw new BadRequestException('Wrong type');
    await writeFile(join(folder, file.originalname), file.buffer);
    await this.tickets.attach(file.originalname, id);
    return { url: `/tickets/${id}` };
  }

  @Get('attachments/:name')
  async download(@Param('name') name: string, @Res() res: Response) {
    const file = await readFile(join(folder, name));
    res.type(extname(name)).send(file);
  }
}
