import { Body, Controller, Get, Inject, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentSession, Json } from 'bulwark/nest';
import type { RegisteredSession } from 'bulwark/session';
import { z } from 'zod';
import { LoggedInGuard } from './logged-in.guard.ts';
import { titleOf } from './preview.ts';
import { ticket } from './tickets.controller.ts';
import { TicketsService } from './tickets.service.ts';

const link = z.object({ url: z.string().max(2_000) });

@Controller('api')
@UseGuards(LoggedInGuard)
export class ApiController {
  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  @Get('tickets')
  async find(@Query('q') q: unknown, @Query('sort') sort: unknown) {
    return { tickets: await this.tickets.find(typeof q === 'string' ? q : '', sort) };
  }

  @Post('tickets')
  @Json({ schema: ticket })
  async add(@CurrentSession() { user }: RegisteredSession, @Body() body: z.infer<typeof ticket>) {
    return { id: await this.tickets.add(String(user), body), ...body };
  }

  @Post('preview')
  @Json({ schema: link })
  async preview(@Body() { url }: z.infer<typeof link>) {
    return { title: await titleOf(url) };
  }
}
