import { Module } from '@nestjs/common';
import { BulwarkModule } from 'bulwark/nest';
import { ApiController } from './api.controller.ts';
import { LogInController } from './log-in.controller.ts';
import { LogInService } from './log-in.service.ts';
import { keys, session } from './session.ts';
import { TicketsController } from './tickets.controller.ts';
import { TicketsService } from './tickets.service.ts';

@Module({
  imports: [BulwarkModule.forRoot({ session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 6_000_000 })],
  controllers: [LogInController, TicketsController, ApiController],
  providers: [LogInService, TicketsService],
})
export class DeskModule {}
