import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

export const frontEnd: RequestHandler = express.static(fileURLToPath(new URL('./public', import.meta.url)));
