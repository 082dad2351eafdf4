// People, rooms, messages.

import { act, change, leave, openHeld, pressed, talk, typed } from './app.js';
import { completion } from './complete.js';
import { clockTime, find, inLanguage, make, nameOf, place, state, word } from './dom.js';

const fresh = new Set();

// Who is on the tabs, in order: rooms first.
function everybody() {
  return [
    ...[...state.halls.values()].filter(shown).map((hall) => ({ id: hall.id, name: title(hall) })),
    ...[...state.residents.values()].map((one) => ({ id: place(one.id), name: one.name })),
  ];
}

const shown = (hall) => hall.shared || hall.inside.length > 0;
const elementOf = (where) => `at-${where.replace('@', '')}${where.startsWith('@') ? '-private' : ''}`;
export const logOf = (where) => find(`${elementOf(where)}-log`);

function title(hall) {
  if (hall.shared) return hall.name;
  const kind = hall.direct ? 'direct-two' : 'room-two';
  const names = new Intl.ListFormat(state.language).format(hall.inside.map(nameOf));
  return word(kind, { names });
}

export function showTabs() {
  const all = everybody();
  if (!all.some((one) => one.id === state.current)) state.current = all[0]?.id ?? '';
  find('tabs').replaceChildren(...all.map((one) => make('button', {
    type: 'button',
    class: fresh.has(one.id) ? 'tab fresh' : 'tab',
    'aria-current': one.id === state.current ? 'true' : 'false',
    'data-at': one.id,
    onclick: () => go(one.id),
  }, one.name, fresh.has(one.id) ? make('span', { class: 'dot', text: word('new') }) : null)));
  for (const pane of document.querySelectorAll('.pane')) pane.classList.toggle('current', pane.dataset.at === state.current);
}

// Change to a pane, where one is shown at a time.
export function go(where) {
  state.current = where;
  fresh.delete(where);
  const held = document.activeElement?.closest('.tabs') ? where : '';
  showTabs();
  if (held) document.querySelector(`.tab[data-at="${CSS.escape(held)}"]`)?.focus();
  document.querySelector('.tab[aria-current=true]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  const log = logOf(where);
  if (log) log.scrollTop = log.scrollHeight;
}

export function unread(where) {
  if (where === state.current || fresh.has(where)) return;
  fresh.add(where);
  showTabs();
}

// The panes. What is there already stays, so that nobody loses what they are typing.

export function showPeople() {
  for (const hall of state.halls.values()) shown(hall) ? roomPane(hall) : find(elementOf(hall.id))?.remove();
  for (const one of state.residents.values()) personPane(one);
}

const stateOf = (hall) => (hall.direct ? 'direct-without' : hall.bot ? 'room-here' : 'room-left');

function logFor(where, label, empty) {
  return make('div', {
    class: 'log', id: `${elementOf(where)}-log`, role: 'log', tabindex: '0', 'aria-label': label, 'data-empty': empty,
  });
}

function roomPane(hall) {
  const id = elementOf(hall.id);
  let pane = find(id);
  const appears = !pane;
  if (appears) {
    const as = make('select', { id: `${id}-as` });
    const input = make('input', { id: `${id}-words`, autocomplete: 'off', maxlength: '4000' });
    pane = make('section', { class: hall.shared ? 'pane room shared' : 'pane room', id, 'data-at': hall.id, 'aria-labelledby': `${id}-name` },
      make('header', { class: 'pane-top' }, make('div', { class: 'who' }, make('h2', { id: `${id}-name` }), make('p', { class: 'state' }))),
      logFor(hall.id, '', ''),
      make('form', { class: 'compose', onsubmit: (event) => {
        event.preventDefault();
        if (!input.value.trim()) return;
        talk(as.value, hall.id, input.value).then((answer) => { if (answer.ok) input.value = ''; });
      } },
      make('p', { class: 'small unheard' }),
      make('label', { class: 'as', for: as.id }, make('span')), as,
      make('label', { class: 'hidden', for: input.id }), input,
      make('button', { type: 'submit', class: 'send' }),
      hall.shared || hall.direct ? '' : make('button', { type: 'button', class: 'leave', onclick: () => leave(as.value, hall.id) })));
    (hall.shared ? find('rooms') : find('panes')).append(pane);
    if (!hall.shared) find('panes').prepend(pane);
  }
  const log = logOf(hall.id);
  pane.querySelector('h2').textContent = hall.shared ? hall.name : title(hall);
  pane.querySelector('.state').textContent = [hall.shared ? word('room-shared') : word(stateOf(hall)), !hall.shared && !hall.direct && hall.name, hall.topic].filter(Boolean).join(' · ');
  log.setAttribute('aria-label', title(hall));
  log.dataset.empty = word('empty-room');
  pane.querySelector('.unheard').textContent = word('room-unheard');
  pane.querySelector('.as span').textContent = word('write-as');
  const as = find(`${id}-as`);
  const held = as.value;
  const inside = [...state.residents.values()].filter((one) => one.present && (hall.shared || hall.inside.includes(one.id)));
  as.replaceChildren(...inside.map((one) => make('option', { value: one.id, text: one.name })));
  if (inside.some((one) => one.id === held)) as.value = held;
  pane.querySelector(`label[for="${id}-words"]`).textContent = word('write');
  find(`${id}-words`).placeholder = word('write');
  pane.querySelector('.send').textContent = word('send');
  const way = pane.querySelector('.leave');
  if (way) way.textContent = word('leave');
  // What was said in a room before anybody came in stands there for whoever does.
  if (appears) for (const message of state.messages.values()) if (message.place === hall.id) showMessage(message, false);
}

function personPane(one) {
  const where = place(one.id);
  const id = elementOf(where);
  let pane = find(id);
  if (!pane) {
    pane = make('section', { class: 'pane person', id, 'data-at': where, 'aria-labelledby': `${id}-name` }, personTop(one, id), logFor(where, '', ''), commandBox(one, id));
    find('panes').append(pane);
  }
  const log = logOf(where);
  pane.querySelector('h2').textContent = one.name;
  pane.classList.toggle('away', !one.present);
  pane.querySelector('.state').textContent = [
    one.moderator && word('moderator'), !one.present && word('away-now'), one.timed_out && word('timed-out-now'), !one.open && word('closed-now'),
  ].filter(Boolean).join(' · ');
  log.setAttribute('aria-label', word('private-with', { name: one.name }));
  log.dataset.empty = word('empty-private');
  const menu = pane.querySelector('.what-if');
  menu.querySelector('summary').textContent = word('what-if-short');
  menu.querySelector('summary').setAttribute('aria-label', word('what-if', { name: one.name }));
  menu.querySelector('legend').textContent = word('what-if', { name: one.name });
  for (const [name, set] of [['closed', !one.open], ['away', !one.present], ['timed-out', one.timed_out]]) {
    find(`${id}-${name}`).checked = set;
    menu.querySelector(`label[for="${id}-${name}"]`).textContent = word(`if-${name}`);
  }
  menu.querySelector('.speaks span').textContent = word('speaks');
  const speaks = find(`${id}-speaks`);
  speaks.replaceChildren(...state.languages.map((each) => make('option', { value: each.code, text: each.name })));
  speaks.value = one.locale;
  pane.querySelector('.held-open').textContent = word('held-short');
  pane.querySelector('.held-open').setAttribute('aria-label', `${word('held-short')}: ${one.name}`);
  pane.querySelector(`label[for="${id}-command"]`).textContent = word('command', { name: one.name });
  find(`${id}-command`).placeholder = word('command-hint');
  pane.querySelector('.choices-of-box').setAttribute('aria-label', word('commands'));
  pane.querySelector(`label[for="${id}-where"]`).textContent = word('where');
  pane.querySelector('.starters').replaceChildren(...STARTERS.flatMap((name) => starter(one, name)));
  const porch = [...state.halls.values()].find((hall) => hall.shared);
  const here = find(`${id}-where`);
  const held = here.value || 'private';
  here.replaceChildren(make('option', { value: 'private', text: word('private') }), make('option', { value: 'room', text: porch?.name ?? '' }),
    ...[...state.residents.values()].filter((other) => other.id !== one.id).map((other) => make('option', { value: place(other.id), text: word('direct-to', { name: other.name }) })));
  here.value = held;
  pane.querySelector('.send').textContent = word('send');
}

// Where nothing has been said yet, the usual beginnings stand ready.
const STARTERS = ['peer ask', 'peer light on', 'help'];

function starter(one, name) {
  const command = state.commands.find((each) => each.name === name);
  if (!command) return [];
  return [make('button', { type: 'button', class: 'starter', text: `/${name}`, title: inLanguage(command.about), 'aria-label': `/${name}: ${inLanguage(command.about)}`, onclick: () => typed(one.id, `/${name}`, 'private') })];
}

function personTop(one, id) {
  const check = (name, does) => make('div', { class: 'check' },
    make('input', { type: 'checkbox', id: `${id}-${name}`, onchange: (event) => does(event.target.checked) }), make('label', { for: `${id}-${name}` }));
  const menu = make('details', { class: 'what-if' }, make('summary'), make('fieldset', {}, make('legend'),
    check('closed', (on) => change(one.id, 'open', !on)),
    check('away', (on) => change(one.id, 'present', !on)),
    check('timed-out', (on) => change(one.id, 'timed_out', on)),
    make('label', { class: 'speaks' }, make('span'), make('select', { id: `${id}-speaks`, onchange: (event) => change(one.id, 'locale', event.target.value) }))));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
  const held = make('button', { type: 'button', class: 'quiet held-open', onclick: () => openHeld(one.id, held) });
  return make('header', { class: 'pane-top' },
    make('span', { class: 'face', 'aria-hidden': 'true', text: one.name.slice(0, 1) }),
    make('div', { class: 'who' }, make('h2', { id: `${id}-name` }), make('p', { class: 'state' })),
    make('div', { class: 'pane-keys' }, held, menu));
}

function commandBox(one, id) {
  const input = make('input', {
    id: `${id}-command`, class: 'command', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}-list`,
  });
  const list = make('ul', { id: `${id}-list`, class: 'choices-of-box', role: 'listbox', hidden: true });
  const here = make('select', { id: `${id}-where`, class: 'where' });
  completion(input, list, one.id);
  return make('form', { class: 'compose', onsubmit: (event) => {
    event.preventDefault();
    const words = input.value;
    if (!words.trim()) return;
    typed(one.id, words, here.value).then((answer) => { if (!answer.ok && !input.value) input.value = words; });
    input.value = '';
  } },
  make('div', { class: 'starters' }),
  make('label', { class: 'hidden', for: input.id }), make('div', { class: 'box' }, input, list),
  make('label', { class: 'whence', for: here.id }), here,
  make('button', { type: 'submit', class: 'send' }));
}

// Messages.

const elementOfMessage = (id) => document.querySelector(`[data-message="${CSS.escape(id)}"]`);

export function showMessage(message, isNew) {
  const before = elementOfMessage(message.id);
  const log = logOf(message.place);
  const known = state.messages.get(message.id);
  state.messages.set(message.id, message);
  if (!log || (before && JSON.stringify(known) === JSON.stringify(message))) return;
  const element = article(message);
  if (before) before.replaceWith(element);
  else log.append(element);
  if (!before) scroll(log, element, isNew);
}

function scroll(log, element, smooth) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const top = Math.min(log.scrollHeight, element.offsetTop - 8);
  log.scrollTo({ top, behavior: smooth && !calm ? 'smooth' : 'auto' });
}

export function dropMessage(id) {
  const element = elementOfMessage(id);
  state.messages.delete(id);
  if (!element) return;
  if (element.contains(document.activeElement)) element.closest('.log').focus();
  element.remove();
}

function article(message) {
  const tags = [message.only_you && word('only-you', { name: nameOf(message.place.slice(1)) }), message.edited && word('edited'), message.pinned && word('pinned')];
  const meta = make('p', { class: 'meta' },
    make('span', { class: 'author', text: message.author ? nameOf(message.author) : 'Porchlight' }),
    make('time', { datetime: message.at, text: clockTime(message.at) }),
    ...tags.filter(Boolean).map((tag) => make('span', { class: 'tag', text: tag })));
  if (message.author) {
    return make('article', { class: 'message person-said', 'data-message': message.id }, meta, make('p', { class: 'line', dir: 'auto', text: message.words }));
  }
  const who = message.place.startsWith('@') ? message.place.slice(1) : null;
  return make('article', { class: message.only_you ? 'message bot-said only-you' : 'message bot-said', 'data-message': message.id },
    meta, ...cardParts(message.card, (choice, button) => press(who ?? asWhom(message.place), choice, button)));
}

const asWhom = (room) => find(`${elementOf(room)}-as`).value;

async function press(member, choice, button) {
  if (!member || button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  await pressed(member, choice);
  button.setAttribute('aria-busy', 'false');
}

export function cardParts(card, onPress) {
  const parts = [];
  if (card.title) parts.push(make('h3', { text: card.title, lang: card.lang, dir: 'auto' }));
  for (const line of card.lines) parts.push(make('p', { class: 'line', text: line, lang: card.lang, dir: 'auto' }));
  if (card.document) parts.push(documentOf(card.document));
  if (card.choices.length) {
    parts.push(make('div', { class: 'choices', lang: card.lang }, ...card.choices.map((choice) => {
      const button = make('button', { type: 'button', class: choice.destroys ? 'choice destroys' : 'choice', 'data-choice': choice.id, text: choice.label });
      button.addEventListener('click', () => onPress(choice, button));
      return button;
    })));
  }
  return parts;
}

function documentOf(file) {
  const save = make('button', { type: 'button', class: 'quiet', text: word('save-file'), onclick: () => {
    const address = URL.createObjectURL(new Blob([file.body], { type: file.type }));
    make('a', { href: address, download: file.name }).click();
    URL.revokeObjectURL(address);
  } });
  return make('details', { class: 'document' }, make('summary', { text: file.name }), make('pre', { text: file.body, tabindex: '0' }), save);
}

// What somebody did just now, so that the conversation reads on. It is not kept: the platform holds no such line.
export function echo(member, words) {
  const log = logOf(place(member));
  const element = make('article', { class: 'message echo' },
    make('p', { class: 'meta' }, make('span', { class: 'author', text: nameOf(member) })), make('p', { class: 'line', dir: 'auto', text: words }));
  log.append(element);
  scroll(log, element, true);
}

export function showHeld(card) {
  find('held-card').replaceChildren(...cardParts(card, () => {}));
}
