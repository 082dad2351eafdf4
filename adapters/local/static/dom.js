// Small helpers. Text only ever goes in as text: nothing that anybody said can become markup.

export const find = (id) => document.getElementById(id);

export function make(tag, facts = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
}

export const state = {
  words: {}, languages: [], language: 'en', commands: [],
  residents: new Map(), halls: new Map(), messages: new Map(), time: null, current: '', connected: false,
};

// The page's own words, in the page's language; {name} is put in here.
export function word(id, facts = {}) {
  const words = (state.words[state.language] ?? state.words.en ?? {})[id] ?? '';
  return words.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

export const inLanguage = (words, language = state.language) => words[language] ?? words.en ?? '';
export const place = (member) => `@${member}`;
export const nameOf = (id) => state.residents.get(id)?.name ?? '';

// Dates are written as in Britain where the language is English, like the bot's own.
const habits = () => (state.language === 'en' ? 'en-GB' : state.language);

export function clockTime(iso) {
  return new Intl.DateTimeFormat(habits(), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(new Date(iso));
}

export function longTime(iso) {
  return new Intl.DateTimeFormat(habits(), {
    weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short',
  }).format(new Date(iso));
}

export function say(words) {
  find('status').textContent = words;
}

export function retell(root = document) {
  for (const element of root.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll('[data-word-label]')) element.setAttribute('aria-label', word(element.dataset.wordLabel));
}
