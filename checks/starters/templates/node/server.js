import { createServer } from 'node:http';

const hostname = '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);

const server = createServer((_req, res) => {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end('<!doctype html><title>Hello</title><h1>Hello World</h1>\n');
});

server.listen(port, hostname, () => {
  console.log(`Server running at http://${hostname}:${port}/`);
});
