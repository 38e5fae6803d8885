import { Body, Controller, Get, Inject, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { LoggedInGuard } from './log-in.service.ts';
import { TicketsService } from './tickets.service.ts';

type Fields = Record<string, unknown>;

// Fills in what a record lacks, at every depth.
function merge(target: Fields, source: Fields): Fields {
  for (const [key, value] of Object.entries(source)) {
    if (typeof value === 'object' && value !== null)
      target[key] = merge((target[key] ?? {}) as Fields, value as Fields);
    else target[key] = value;
  }
  return target;
}

@Controller('api')
@UseGuards(LoggedInGuard)
export class ApiController {
  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  @Get('tickets')
  async find(@Query('q') q: string | undefined, @Query('sort') sort: string | undefined) {
    return { tickets: await this.tickets.find(q, sort) };
  }

  @Post('tickets')
  async add(@Req() req: Request & { user: string }, @Body() record: Fields) {
    const { title = 'Untitled', body = '' } = merge({ labels: {} }, record);
    return { id: await this.tickets.add(req.user, title, body), title, body };
  }

  @Post('preview')
  async preview(@Body() { url }: { url: string }) {
    const page = await (await fetch(url)).text();
    return { title: /<title>([^<]*)</i.exec(page)?.[1] };
  }
}
