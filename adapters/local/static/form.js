// Forms, as a dialog. What does not fit is refused by the bot, in its own words.

import { act } from './app.js';
import { find, inLanguage, make, state, word } from './dom.js';

let from = null;

export function openForm(member, form) {
  const dialog = find('form');
  from = document.activeElement;
  const declared = state.commands.find((one) => one.name === form.command)?.params ?? [];
  const parts = form.fields.map((field, index) => question(field, `field-${index}`, declared.find((one) => one.name === field.name), form.lang));
  const close = () => dialog.close();
  const sheet = make('form', { novalidate: '', onsubmit: (event) => {
    event.preventDefault();
    const args = {};
    for (const part of parts) args[part.name] = part.read();
    close();
    act(member, { do: 'submit', token: form.token, args });
  } },
  make('p', { class: 'small whose', text: word('only-you', { name: state.residents.get(member).name }) }),
  make('h2', { id: 'form-name', text: form.title, lang: form.lang, tabindex: '-1' }),
  ...parts.map((part) => part.element),
  make('div', { class: 'choices' },
    make('button', { type: 'submit', class: 'choice', text: word('send') }),
    make('button', { type: 'button', class: 'choice', text: word('cancel'), onclick: close })));
  dialog.replaceChildren(sheet);
  dialog.showModal();
  (dialog.querySelector('input, select, textarea') ?? find('form-name')).focus();
}

find('form').addEventListener('close', () => {
  find('form').replaceChildren();
  from?.focus();
});

function question(field, id, declared, lang) {
  const options = field.options.length ? field.options
    : (declared?.options ?? []).map((one) => ({ value: one.value, label: inLanguage(one.label, lang) }));
  const value = field.value;
  const held = new Set(Array.isArray(value) ? value : String(value).split(',').map((part) => part.trim()).filter(Boolean));
  const hint = [field.required && word('needed'), field.most && word('up-to', { most: field.most }), field.low !== undefined && `${field.low}–${field.high}`]
    .filter(Boolean).join(' · ');
  switch (field.kind) {
    case 'pick':
      return options.length > 6 ? chosen(field, id, options, value, hint, lang) : among('radio', field, id, options, held, hint, lang);
    case 'picks':
      return among('checkbox', field, id, options, held, hint, lang);
    case 'yesno':
      return among('radio', field, id, options.length ? options : [{ value: 'yes', label: word('yes') }, { value: 'no', label: word('no') }], held, hint, lang);
    case 'someone': {
      const people = [...state.residents.values()].filter((one) => one.present).map((one) => ({ value: one.id, label: one.name }));
      return chosen(field, id, people, value, hint, lang);
    }
    case 'roles': {
      const roles = [...new Set([...state.residents.values()].flatMap((one) => one.roles))].map((role) => ({ value: role, label: role }));
      return among('checkbox', field, id, roles, held, hint, lang);
    }
    default:
      return line(field, id, value, hint, lang);
  }
}

function labelled(id, field, hint, lang, inside) {
  return make('div', { class: 'field' }, make('label', { for: id, lang, text: field.label }), hint ? make('span', { class: 'hint', id: `${id}-hint`, text: hint }) : null, inside);
}

function line(field, id, value, hint, lang) {
  const described = hint ? `${id}-hint` : undefined;
  const words = Array.isArray(value) ? value.join('\n') : String(value);
  const long = field.lines > 1 || (field.kind === 'words' && field.limit > 120);
  const input = long
    ? make('textarea', { id, rows: String(Math.min(field.lines > 1 ? 5 : 3, 8)), 'aria-describedby': described })
    : make('input', {
      id, 'aria-describedby': described, autocomplete: 'off',
      type: { ofday: 'time', until: 'date' }[field.kind] ?? 'text',
      inputmode: field.kind === 'whole' || field.kind === 'days' ? 'numeric' : undefined,
      list: field.kind === 'zone' ? `${id}-zones` : undefined,
    });
  input.value = words;
  const zones = field.kind === 'zone' && typeof Intl.supportedValuesOf === 'function'
    ? make('datalist', { id: `${id}-zones` }, ...Intl.supportedValuesOf('timeZone').map((zone) => make('option', { value: zone }))) : '';
  const element = labelled(id, field, hint, lang, input);
  element.append(zones);
  return { name: field.name, element, read: () => input.value };
}

function chosen(field, id, options, value, hint, lang) {
  const select = make('select', { id, 'aria-describedby': hint ? `${id}-hint` : undefined },
    make('option', { value: '', text: word('choose') }), ...options.map((one) => make('option', { value: one.value, text: one.label, lang })));
  select.value = Array.isArray(value) ? value[0] ?? '' : value;
  return { name: field.name, element: labelled(id, field, hint, lang, select), read: () => select.value };
}

function among(type, field, id, options, held, hint, lang) {
  const inputs = options.map((one, index) => make('input', { type, name: id, id: `${id}-${index}`, value: one.value, checked: held.has(one.value) }));
  const element = make('fieldset', { class: 'field' }, make('legend', { lang }, field.label, hint ? make('span', { class: 'hint', text: hint }) : ''),
    make('div', { class: options.length > 10 ? 'options many' : 'options' }, ...options.map((one, index) => make('div', { class: 'check' }, inputs[index], make('label', { for: `${id}-${index}`, lang, text: one.label })))));
  const read = () => {
    const picked = inputs.filter((input) => input.checked).map((input) => input.value);
    return type === 'checkbox' ? picked : picked[0] ?? '';
  };
  return { name: field.name, element, read };
}
