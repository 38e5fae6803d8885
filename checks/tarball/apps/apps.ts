import type { App } from './app.ts';
import { expressApp } from './express.ts';
import { fastifyApp } from './fastify.ts';
import { honoApp } from './hono.ts';
import { jsxApp } from './jsx.ts';
import { koaApp } from './koa.ts';
import { nestApp } from './nest.ts';

/** All but those of Next.js, which are built first. */
export const apps: Readonly<Record<string, App>> = {
  'Express 4': expressApp('4.22.3', '4'),
  'Express 5': expressApp('5.3.0', '5.0.6'),
  'Fastify 5': fastifyApp,
  Hono: honoApp,
  'Koa 2': koaApp('2.16.4', '2.15.2'),
  'Koa 3': koaApp('3.3.0', '3.0.3'),
  'Nest 11 on Express': nestApp('11.2.8', 'express'),
  'Nest 11 on Fastify': nestApp('11.2.8', 'fastify'),
  'Nest 12 on Express': nestApp('12.5.1', 'express'),
  'React 18': jsxApp(
    'react',
    ['react@18.3.1', 'react-dom@18.3.1', '@types/react@18', '@types/react-dom@18'],
    'react-dom/server',
  ),
  'React 19': jsxApp(
    'react',
    ['react@19.3.1', 'react-dom@19.3.1', '@types/react@19.3.3', '@types/react-dom@19.3.0'],
    'react-dom/server',
  ),
  'Preact 10': jsxApp(
    'preact',
    ['preact@10.29.8', 'preact-render-to-string@6.8.2'],
    'preact-render-to-string',
  ),
  'Preact 11': jsxApp(
    'preact',
    ['preact@11.2.0', 'preact-render-to-string@6.8.2'],
    'preact-render-to-string',
  ),
};
