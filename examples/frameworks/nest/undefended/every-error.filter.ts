import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';

@Catch()
export class EveryErrorFilter implements ExceptionFilter {
  catch(error: Error, host: ArgumentsHost): void {
    const req = host.switchToHttp().getRequest<Request>();
    const res = host.switchToHttp().getResponse<Response>();
    const statusCode = error instanceof HttpException ? error.getStatus() : 500;
    if (statusCode === 401 && !req.path.startsWith('/api')) res.redirect('/login');
    else
      res.status(statusCode).json({ statusCode, path: req.url, message: error.message, stack: error.stack });
  }
}
