import { Module } from '@nestjs/common';
import { ApiController } from './api.controller.ts';
import { LogInController } from './log-in.controller.ts';
import { LogInService } from './log-in.service.ts';
import { TicketsController } from './tickets.controller.ts';
import { TicketsService } from './tickets.service.ts';

@Module({
  controllers: [LogInController, TicketsController, ApiController],
  providers: [LogInService, TicketsService],
})
export class DeskModule {}
