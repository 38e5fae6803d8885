/** What the page does beyond links and forms, all of which work without it. */

const root = document.documentElement;
const list = document.getElementById('events');
const state = document.getElementById('stream-state');
const mostEvents = 50;

// An attack takes a moment: say so, and take no second click.
for (const form of document.querySelectorAll('form[data-busy]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    // Stopped, the page is still here, and the form of use again.
    setTimeout(() => delete form.dataset.sent, 20_000);
    const button = event.submitter;
    if (!button) return;
    button.setAttribute('aria-busy', 'true');
    document.getElementById('busy').textContent = `${form.dataset.busy}. This can take some seconds.`;
    if (button.getAttribute('role') !== 'switch') {
      button.removeAttribute('aria-label');
      button.lastChild.textContent = ` ${form.dataset.busy} ...`;
    }
  });
}

// Back from another page, the browser may show this one as it was left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

const place = document.getElementById('place');
const corpus = document.getElementById('corpus');
const payload = document.getElementById('payload');

/** Only what fits the place can be chosen. */
function showFitting() {
  const group = place.selectedOptions[0]?.dataset.group;
  for (const one of corpus.querySelectorAll('optgroup')) {
    one.hidden = one.label !== group;
    one.disabled = one.label !== group;
  }
  if (corpus.selectedOptions[0]?.parentElement?.disabled) corpus.value = '';
}

if (place && corpus && payload) {
  place.addEventListener('change', showFitting);
  corpus.addEventListener('change', () => {
    const text = corpus.selectedOptions[0]?.dataset.payload;
    if (text !== undefined) payload.value = text;
  });
  payload.addEventListener('input', () => {
    corpus.value = '';
  });
  showFitting();
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The same as event-list.ts makes of an event that was there before. */
function entryOf({ time, code, severity, count, request, evidence }) {
  const entry = element('li', 'fresh');
  const first = element('span', 'row');
  first.append(element('code', 'code', code), element('span', `severity ${severity}`, severity));
  const second = element('span', 'row');
  const where = `${request?.method ?? ''} ${request?.route ?? ''}${count > 1 ? ` x ${count}` : ''}`;
  const when = element('time', '', time.slice(11, 19));
  when.dateTime = time;
  second.append(element('span', '', where), when);
  entry.append(first, second);
  const about = Object.entries(evidence)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
  if (about) entry.append(element('span', 'about', about.slice(0, 200)));
  return entry;
}

const say = (text, live) => {
  state.textContent = text;
  state.classList.toggle('on', live);
};
let stream;
let newest;

/** Browsers open few connections to a server: a page that nobody sees gives its own back. */
function listenWhileSeen() {
  if (document.hidden) {
    stream?.close();
    stream = undefined;
    return;
  }
  if (stream) return;
  const [address, after] = root.dataset.events.split('?after=');
  stream = new EventSource(`${address}?after=${newest ?? after}`);
  stream.addEventListener('open', () => say('live', true));
  stream.addEventListener('error', () => say('connecting', false));
  stream.addEventListener('message', ({ data, lastEventId }) => {
    newest = lastEventId;
    list.prepend(entryOf(JSON.parse(data)));
    while (list.children.length > mostEvents) list.lastElementChild.remove();
  });
}

if (list && root.dataset.events) {
  listenWhileSeen();
  document.addEventListener('visibilitychange', listenWhileSeen);
  addEventListener('pagehide', () => stream?.close());
}

const running = document.querySelector('[data-run]');

/** The run goes on behind the page: its figures grow in place, and the rest is shown when it is over. */
async function showRun() {
  const response = await fetch(running.dataset.run);
  if (!response.ok) return;
  const { doing, done, of, finished, figures } = await response.json();
  document.getElementById('run-doing').textContent = doing;
  document.getElementById('run-count').textContent =
    of === 0 ? '' : `${done.toLocaleString('en')} of ${of.toLocaleString('en')}`;
  const bar = document.getElementById('run-progress');
  bar.max = Math.max(1, of);
  bar.value = done;
  for (const [name, figure] of Object.entries(figures)) {
    const shown = document.getElementById(`figure-${name}`);
    if (shown) shown.textContent = figure.toLocaleString('en');
  }
  if (!finished) setTimeout(showRunAgain, 1_000);
  else if (payload && payload.value !== payload.defaultValue)
    document.getElementById('run-hint').textContent = 'The run is over. Reload the page to see all of it.';
  else location.reload();
}

function showRunAgain() {
  showRun().catch(() => setTimeout(showRunAgain, 5_000));
}

if (running) setTimeout(showRunAgain, 1_000);
