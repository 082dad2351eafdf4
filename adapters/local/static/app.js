// The page's one connection, and what comes through it.

import { clockTime, find, longTime, make, nameOf, place, retell, say, state, word } from './dom.js';
import { openForm } from './form.js';
import { offerTour, startTour, tourMoved, tourRetold } from './tour.js';
import { dropMessage, echo, showHeld, showMessage, showPeople, showTabs, unread } from './view.js';

let socket = null;
let number = 0;
let pause = 500;
const waiting = new Map();

function remember(name, value) {
  try { localStorage.setItem(`porchlight-${name}`, value); } catch { /* a page without storage works as well */ }
}

function remembered(name) {
  try { return localStorage.getItem(`porchlight-${name}`); } catch { return null; }
}

// Ask something. It is sent again after a lost connection, under the same key, and then does nothing twice.
export function ask(what) {
  return new Promise((settle) => {
    number += 1;
    const request = { re: number, key: crypto.randomUUID(), ...what };
    waiting.set(number, { request, settle });
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  });
}

// Something a person does: a refusal or an answer comes as a message; a form opens here.
export async function act(member, what) {
  const answer = await ask({ member, ...what });
  if (!answer.ok) say(word(answer.word.replace('local-', '')));
  else say('');
  if (answer.form) openForm(member, answer.form);
  refreshHeld();
  return answer;
}

export async function typed(member, words, where) {
  if (where === 'room' && !words.startsWith('/')) {
    const porch = [...state.halls.values()].find((hall) => hall.shared);
    return act(member, { do: 'talk', room: porch.id, words });
  }
  if (where.startsWith('@')) return act(member, { do: 'direct', to: where.slice(1), words });
  echo(member, words);
  return act(member, { do: 'line', words, here: where });
}

export async function pressed(member, choice) {
  echo(member, choice.label);
  return act(member, { do: 'press', button: choice.id });
}

export const change = (member, name, value) => act(member, { do: 'change', name, value });
export const leave = (member, room) => act(member, { do: 'leave', room });
export const talk = (member, room, words) => act(member, { do: 'talk', room, words });

// The drawer.

let heldOf = '';
let heldFrom = null;
let heldAgain = 0;

export async function openHeld(member, from) {
  heldOf = member;
  heldFrom = from;
  find('held').hidden = false;
  document.body.classList.add('with-drawer');
  retellHeld();
  await refreshHeld(true);
  find('held-name').focus();
}

function closeHeld() {
  heldOf = '';
  find('held').hidden = true;
  document.body.classList.remove('with-drawer');
  heldFrom?.focus();
}

function retellHeld() {
  find('held-name').textContent = word('held', { name: nameOf(heldOf) });
  find('held-note').textContent = word('held-note', { name: nameOf(heldOf) });
}

async function refreshHeld(now = false) {
  if (!heldOf) return;
  heldAgain += 1;
  const mine = heldAgain;
  if (!now) await new Promise((settle) => { setTimeout(settle, 120); });
  if (mine !== heldAgain || !heldOf) return;
  const answer = await ask({ do: 'held', member: heldOf });
  if (mine === heldAgain && answer.held) showHeld(answer.held);
}

// The clock.

function showTime() {
  const time = state.time;
  if (!time) return;
  find('instant').dateTime = time.now;
  find('instant').textContent = longTime(time.now);
  const sameDay = time.due && time.due.slice(0, 10) === time.now.slice(0, 10);
  const due = time.due ? word('due', { when: sameDay ? clockTime(time.due) : longTime(time.due) }) : word('nothing-due');
  find('due').textContent = time.winding ? word('winding') : due;
  document.body.classList.toggle('winding', time.winding);
  document.querySelector('.clock').setAttribute('aria-busy', String(time.winding));
  for (const button of document.querySelectorAll('[data-wind]')) {
    const off = time.winding || !time.winds || (button.dataset.wind === 'next' && !time.due);
    button.setAttribute('aria-disabled', String(off));
  }
}

// What arrives.

function everything(all) {
  state.words = {};
  for (const [language, words] of Object.entries(all.words)) state.words[language] = words;
  state.languages = all.languages;
  state.commands = all.commands;
  state.residents = new Map(all.residents.map((one) => [one.id, one]));
  state.halls = new Map(all.halls.map((one) => [one.id, one]));
  const there = new Set(all.messages.map((one) => one.id));
  state.time = all.time;
  language(remembered('language') ?? navigator.language.slice(0, 2));
  for (const id of [...state.messages.keys()]) if (!there.has(id)) dropMessage(id);
  for (const message of all.messages) showMessage(message, false);
  tourMoved();
  offerTour();
}

function language(code) {
  const known = state.languages.map((one) => one.code);
  state.language = known.includes(code) ? code : 'en';
  document.documentElement.lang = state.language;
  document.title = word('title');
  const select = find('language');
  select.replaceChildren(...state.languages.map((one) => make('option', { value: one.code, text: one.name, lang: one.code })));
  select.value = state.language;
  retell();
  showPeople();
  showTabs();
  showTime();
  tourRetold();
  if (heldOf) retellHeld();
}

function received(data) {
  switch (data.type) {
    case 'all':
      everything(data);
      break;
    case 'time':
      state.time = data;
      showTime();
      break;
    case 'message':
      showMessage(data.message, true);
      unread(data.message.place);
      tourMoved(data.message);
      refreshHeld();
      break;
    case 'gone':
      dropMessage(data.id);
      refreshHeld();
      break;
    case 'people':
      for (const one of data.residents) state.residents.set(one.id, one);
      for (const one of data.halls) state.halls.set(one.id, one);
      showPeople();
      showTabs();
      tourMoved();
      break;
    case 'answer': {
      const asked = waiting.get(data.re);
      waiting.delete(data.re);
      asked?.settle(data);
      break;
    }
    default:
  }
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/live`);
  socket.addEventListener('open', () => {
    pause = 500;
    say('');
    document.body.classList.remove('lost');
    for (const { request } of waiting.values()) socket.send(JSON.stringify(request));
  });
  socket.addEventListener('message', (event) => received(JSON.parse(event.data)));
  socket.addEventListener('close', () => {
    document.body.classList.add('lost');
    say(word('lost') || '…');
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 8000);
  });
}

find('language').addEventListener('change', (event) => {
  remember('language', event.target.value);
  language(event.target.value);
});

for (const button of document.querySelectorAll('[data-wind]')) {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') ask({ do: 'wind', by: button.dataset.wind }).then(() => refreshHeld());
  });
}

find('held-close').addEventListener('click', closeHeld);
find('held').addEventListener('keydown', (event) => { if (event.key === 'Escape') closeHeld(); });
startTour({ remember, remembered });
if (location.search) history.replaceState(null, '', '/');
connect();
