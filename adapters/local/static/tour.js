// The guided tour: what to press next, and where it is.

import { find, place, state, word } from './dom.js';
import { go, logOf } from './view.js';

// `at`: whose pane. `fill`: what to send there. `press`: the choice meant. `until`: the choice whose arrival ends the step.
const TOURS = {
  peer: [
    { at: 'rowan', fill: '/peer light on', until: ['rowan', 'peer light off'] },
    { at: 'birch', fill: '/peer ask', until: ['birch', 'peer.open'] },
    { at: 'birch', press: 'peer.open', until: ['rowan', 'peer.yes'] },
    { at: 'rowan', press: 'peer.yes', until: ['birch', 'peer.enter'] },
    { at: 'birch', press: 'peer.enter', also: 'rowan' },
    { room: true },
    { at: 'birch', held: true, fill: '/mine forget' },
  ],
};

const tour = TOURS.peer;
let step = -1;
let offered = false;
let keep = { remember: () => {}, remembered: () => null };

function target() {
  const now = tour[step];
  if (!now) return [];
  if (now.room) return [...document.querySelectorAll('.pane.room:not(.shared)')].slice(0, 1);
  const id = `at-${now.at}-private`;
  if (now.held) return [...document.querySelectorAll(`#${id} .held-open`)];
  if (now.fill) return [...document.querySelectorAll(`#${id} .box`)];
  const found = [now.at, now.also].filter(Boolean).map((who) => {
    const log = logOf(place(who));
    return [...(log?.querySelectorAll(`[data-choice^="v1.${now.press}."]`) ?? [])].pop() ?? log;
  });
  return found.filter(Boolean);
}

const roomForTwo = () => [...state.halls.values()].find((hall) => !hall.shared && hall.inside.length > 1);

export function tourMoved(message) {
  document.querySelectorAll('.tour-target').forEach((element) => element.classList.remove('tour-target'));
  if (step < 0) return;
  for (const element of target()) element.classList.add('tour-target');
  const { until, also } = tour[step];
  const came = until && message?.place === place(until[0]) && message.card?.choices.some((one) => one.id.startsWith(`v1.${until[1]}.`));
  if (came || (also && !message && roomForTwo())) show(step + 1, false);
}

export function tourRetold() {
  find('tour-open').textContent = word(Number(keep.remembered('tour') ?? 0) > 0 ? 'tour-resume' : 'tour');
  find('tour-open').hidden = step >= 0;
  if (step < 0) return;
  find('tour-name').textContent = word('tour-peer');
  find('tour-step').textContent = word('tour-step', { step: step + 1, steps: tour.length });
  find('tour-text').textContent = word(`tour-peer-${step + 1}`);
  const { fill } = tour[step];
  find('tour-line').hidden = !fill;
  find('tour-command').textContent = fill ?? '';
  find('tour-back').setAttribute('aria-disabled', String(step === 0));
  find('tour-ahead').textContent = word(step === tour.length - 1 ? 'tour-again' : 'tour-ahead');
}

function show(next, move = true) {
  step = Math.max(0, next % tour.length);
  keep.remember('tour', String(step));
  find('tour').hidden = false;
  document.body.classList.add('touring');
  tourRetold();
  tourMoved();
  const now = tour[step];
  const where = now.room ? roomForTwo()?.id : place(now.at);
  if (where) go(where);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target()[0]?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
  if (move) find('tour-ahead').focus({ preventScroll: true });
}

function close() {
  step = -1;
  find('tour').hidden = true;
  document.body.classList.remove('touring');
  tourRetold();
  tourMoved();
  find('tour-open').focus();
}

// Whoever opens the page for the first time, on a community where nothing has happened yet, is shown the way.
export function offerTour() {
  if (offered) return;
  offered = true;
  const begun = [...state.messages.values()].some((message) => !message.only_you);
  if (!begun && keep.remembered('tour') === null) show(0, false);
}

export function startTour(memory) {
  keep = memory;
  find('tour-open').addEventListener('click', () => (step < 0 ? show(Number(keep.remembered('tour') ?? 0)) : close()));
  find('tour-ahead').addEventListener('click', () => show(step + 1));
  find('tour-back').addEventListener('click', () => { if (step > 0) show(step - 1); });
  find('tour-close').addEventListener('click', close);
  find('tour').addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  find('tour-fill').addEventListener('click', () => {
    const input = find(`at-${tour[step].at}-private-command`);
    input.value = tour[step].fill;
    input.focus();
  });
}
