import { Get, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { controller } from '../../checks/nest/controller.ts';
import { nestApp } from '../../checks/nest/nest-app.ts';
import { BulwarkModule, RouteCors } from './index.ts';

describe('the routes of bulwark/nest over express that share a path', () => {
  it('answer preflights of their own method only', async () => {
    const options = { origins: ['https://app.example'] };
    const both = controller({
      read: [
        [Get('both'), RouteCors({ origins: ['https://app.example', 'https://reader.example'] })],
        () => 'x',
      ],
      write: [[Post('both'), RouteCors({ ...options, methods: ['POST'] })], () => 'x'],
    });
    const app = await nestApp('express', { imports: [BulwarkModule.forRoot()], controllers: [both] });
    const allowed = async (origin: string, method: string): Promise<string | null> => {
      const headers = {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'x-a',
      };
      return (await fetch(`${app.url}/both`, { method: 'OPTIONS', headers })).headers.get(
        'access-control-allow-origin',
      );
    };
    expect(await allowed('https://reader.example', 'GET')).toBe('https://reader.example');
    expect(await allowed('https://app.example', 'POST')).toBe('https://app.example');
    expect(await allowed('https://reader.example', 'POST')).toBeNull();
    await app.close();
  });
});
