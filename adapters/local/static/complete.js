// The command box completes from the table that serves every platform.

import { inLanguage, make, state } from './dom.js';

function suggestions(text) {
  if (!text.startsWith('/')) return text === '' ? commands('') : [];
  const typed = text.slice(1).toLowerCase().replace(/\s+/g, ' ');
  const command = state.commands
    .filter((one) => typed.startsWith(`${one.name} `))
    .sort((one, other) => other.name.length - one.name.length)[0];
  const others = commands(typed);
  if (!command || others.some((one) => one.whole.length > command.name.length + 2)) return others;
  return parameters(command, text);
}

function commands(typed) {
  const fits = (one) => one.name.startsWith(typed.trimStart());
  return state.commands.filter(fits).map((one) => ({
    whole: `/${one.name}${one.params.length && !one.form ? ' ' : ''}`, shown: `/${one.name}`, about: inLanguage(one.about),
  }));
}

function parameters(command, text) {
  const start = text.lastIndexOf(' ') + 1;
  const token = text.slice(start).toLowerCase();
  const before = text.slice(0, start);
  const given = before.slice(command.name.length + 2).trim().split(/\s+/).filter(Boolean);
  const named = new Set(given.filter((part) => /^\w+=/.test(part)).map((part) => part.split('=')[0]));
  const left = command.params.filter((one) => !named.has(one.name)).slice(given.length - named.size);
  const [name, after] = token.includes('=') ? token.split('=') : ['', token];
  const found = [];
  for (const one of name ? command.params.filter((each) => each.name === name) : left.slice(0, 1)) {
    for (const value of values(one)) {
      if (!value.value.toLowerCase().startsWith(after)) continue;
      const words = /\s/.test(value.value) ? `"${value.value}"` : value.value;
      found.push({ whole: `${before}${name ? `${name}=` : ''}${words} `, shown: words, about: value.label });
    }
  }
  if (!name) {
    for (const one of left) {
      if (!one.name.startsWith(token)) continue;
      const bounds = one.low === undefined ? '' : ` (${one.low}–${one.high})`;
      found.push({ whole: `${before}${one.name}=`, shown: `${one.name}=`, about: inLanguage(one.label) + bounds });
    }
  }
  return found;
}

function values(one) {
  if (one.kind === 'someone') return [...state.residents.values()].map((each) => ({ value: each.name, label: '' }));
  return one.options.map((option) => ({ value: option.value, label: inLanguage(option.label) }));
}

export function completion(input, list) {
  let found = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  // Above the box, or below it where there is more room; never under the band at the top.
  const fit = () => {
    const box = input.getBoundingClientRect();
    const above = box.top - Math.max(document.querySelector('.band').getBoundingClientRect().bottom, 0) - 12;
    const below = window.innerHeight - box.bottom - 12;
    list.classList.toggle('below', above < 180 && below > above);
    list.style.maxHeight = `${Math.max(Math.min(above < 180 && below > above ? below : above, 320), 96)}px`;
  };

  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === at)));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    }
  };

  const take = (index) => {
    input.value = found[index].whole;
    input.focus();
    open();
  };

  const open = () => {
    found = suggestions(input.value);
    if (found.length === 1 && found[0].whole.trim() === input.value.trim()) found = [];
    list.replaceChildren(...found.map((one, index) => make('li', {
      id: `${list.id}-${index}`, role: 'option', 'aria-selected': 'false',
      onmousedown: (event) => { event.preventDefault(); take(index); },
    }, make('span', { class: 'shown', text: one.shown }), make('span', { class: 'about', text: one.about }))));
    if (!found.length) { close(); return; }
    list.hidden = false;
    fit();
    input.setAttribute('aria-expanded', 'true');
    mark(-1);
  };

  input.addEventListener('input', () => (input.value ? open() : close()));
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) open();
      if (!found.length) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark(at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0 && !list.hidden) {
      event.preventDefault();
      take(at);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter') close();
  });
}
