import { HTML, JS, page, run, SAFE } from './lib.mjs';

const shell = [
  200,
  HTML,
  page('Planner', '<div id="root"></div><script src="/assets/main.4f1c.js"></script>'),
];
export const start = () =>
  run((req, res) => {
    const js = req.url.startsWith('/assets/main.4f1c.js') && !req.url.includes('.map');
    const [status, own, body] = js
      ? [
          200,
          JS,
          'document.getElementById("root").textContent="...";\n//# sourceMappingURL=main.4f1c.js.map\n',
        ]
      : shell;
    res.writeHead(status, { ...SAFE, ...own }).end(body);
  });
