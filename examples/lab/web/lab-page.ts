import { fileURLToPath } from 'node:url';
import { bulwark, bulwarkErrors } from 'bulwark/express';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { Place } from '../attack/attack.ts';
import type { RunProgress } from '../run/run-progress.ts';
import type { Controls, Duel } from './controls.ts';
import { corpus, isOwn } from './corpus.ts';
import { eventStream } from './event-stream.ts';
import { guardOf } from './guards.ts';
import { LabError } from './lab-error.ts';
import { placeOf } from './place-id.ts';
import { duelPage } from './view/duel-page.ts';
import { overview } from './view/overview.ts';
import { problemPage } from './view/problem-page.ts';
import { figuresOf } from './view/run-state.ts';
import type { Theme, View } from './view/view.ts';

/** A payload is somebody's idea, not a file. */
const longest = 4_000;

/** The lab's page, on the defended stack: every view is of `bulwark/html`, under `bulwark()`'s own policy. */
export function labPage(token: string, controls: Controls, run: RunProgress): Express {
  let theme: Theme = 'auto';
  const viewOf = (req: Request): View => ({
    ...{ token, theme, controls, run },
    ...{ path: req.path.slice(1), used: String(req.query['used'] ?? '') },
  });
  const app = express();
  app.use(bulwark());
  app.use(express.static(fileURLToPath(new URL('./public', import.meta.url)), { cacheControl: false }));
  app.use(ownForms, express.urlencoded({ extended: false, limit: '64kb' }));

  app.get('/', (req, res) => void res.send(overview(viewOf(req))));
  app.get('/events', eventStream(controls));
  app.get('/run', (_req, res) => void res.json(figuresOf(run)));
  app.get('/duels/:id', (req, res) => void res.send(duelPage(viewOf(req), duelOf(controls, req.params.id))));
  app.get('/duels/:id/:side.png', (req, res) => {
    const { side } = req.params;
    if (side !== 'undefended' && side !== 'defended') throw new LabError(404, 'There is no such screenshot.');
    const screenshot = duelOf(controls, req.params.id)[side].shown?.screenshot;
    if (!screenshot) throw new LabError(404, 'There is no screenshot of this attack.');
    res.type('image/png').send(Buffer.from(screenshot));
  });
  app.post('/duels', async (req, res) => {
    const { place, payload } = askedFor(controls, req.body ?? {});
    const duel = await controls.fire(place, place.only ?? payload);
    res.redirect(303, `/${token}/duels/${duel.id}`);
  });
  app.post('/guards', async (req, res) => {
    const { toggle, again, back } = (req.body ?? {}) as Form;
    const out = new Set(controls.out);
    if (toggle === 'all') out.clear();
    else {
      const guard = guardOf(String(toggle));
      if (!out.delete(guard)) out.add(guard);
    }
    const used = typeof toggle === 'string' ? `?used=${encodeURIComponent(toggle)}` : '';
    const before = again === undefined ? undefined : duelOf(controls, String(again));
    await controls.takeOut(out);
    if (!before) return res.redirect(303, `/${token}/${ownPath(back)}${used}`);
    const duel = await controls.fire(before.place, before.payload);
    res.redirect(303, `/${token}/duels/${duel.id}${used}`);
  });
  app.post('/reset', async (req, res) => {
    await controls.reset();
    res.redirect(303, `/${token}/${ownPath(req.body?.back)}`);
  });
  app.post('/theme', (req, res) => {
    const asked: unknown = req.body?.theme;
    if (asked !== 'auto' && asked !== 'light' && asked !== 'dark') {
      throw new LabError(400, 'The colours are "auto", "light" or "dark".');
    }
    theme = asked;
    res.redirect(303, `/${token}/${ownPath(req.body?.back)}`);
  });

  app.use(() => {
    throw new LabError(404, 'There is no such page.');
  });
  const problem: ErrorRequestHandler = (error, req, res, next) => {
    const known = error instanceof LabError ? error : formProblem(error);
    if (!known || res.headersSent) next(error);
    else res.status(known.status).send(problemPage(viewOf(req), known.message));
  };
  app.use(problem, bulwarkErrors());
  return app;
}

/** What Express refuses to read. */
function formProblem(error: unknown): LabError | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 0;
  return status === 413
    ? new LabError(400, `The form is too long: at most ${longest} characters are allowed.`)
    : undefined;
}

type Form = Readonly<Record<string, unknown>>;

/** A form of another origin may ask for nothing, even where it knows the token: the browser says where it comes from. */
const ownForms: RequestHandler = (req, _res, next) => {
  const from = req.headers['sec-fetch-site'];
  if (req.method !== 'GET' && req.method !== 'HEAD' && from !== undefined && from !== 'same-origin') {
    throw new LabError(403, 'Only the page of the lab may send this form.');
  }
  next();
};

/** A page of the lab, and nothing else that a form could name. */
function ownPath(back: unknown): string {
  return typeof back === 'string' && /^(?:duels\/\d{1,9})?$/.test(back) ? back : '';
}

function duelOf(controls: Controls, id: string): Duel {
  const found = controls.duels.find((duel) => String(duel.id) === id);
  if (found) return found;
  throw new LabError(404, 'This attack is no longer kept. Fire it again.');
}

/** What is to be fired: the same again, a payload of the corpus, or the visitor's own text. */
function askedFor(controls: Controls, form: Form): { place: Place; payload: string } {
  if (form['again'] !== undefined) {
    return duelOf(controls, String(form['again']));
  }
  const place = placeOf(String(form['place'] ?? ''));
  if (form['corpus']) {
    const found = corpus[Number(form['corpus'])];
    if (!found) throw new LabError(400, 'There is no such payload in the corpus.');
    return checked(place, found.payload);
  }
  // Browsers send a line feed as two characters.
  const payload = String(form['payload'] ?? '').replaceAll('\r\n', '\n');
  if (payload === '') throw new LabError(400, 'The payload is empty. Choose one, or write your own.');
  if (payload.length > longest) {
    throw new LabError(400, `The payload has ${payload.length} characters; at most ${longest} are allowed.`);
  }
  return checked(place, payload);
}

function checked(place: Place, payload: string): { place: Place; payload: string } {
  if (place.fixed && !isOwn(place, payload)) {
    throw new LabError(
      400,
      "This endpoint takes only the lab's own payloads: what it reads and runs is on your machine.",
    );
  }
  return { place, payload };
}
