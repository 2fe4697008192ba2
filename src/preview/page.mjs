/**
 * The preview page: asks the question again whenever something is chosen or a file has been saved. Talks to its own server only.
 */
const $ = (id) => document.getElementById(id);
let latest = 0;

async function getJson(path) {
  const response = await fetch(path);
  const value = await response.json();
  if (!response.ok) throw new Error(value.fehler ?? response.statusText);
  return value;
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

async function showState() {
  const state = await getJson('/api/stand');
  $('stand').textContent =
    state.fassung === null
      ? 'Die Wissensbasis lässt sich nicht laden.'
      : `${state.themen} Themen, Fassung ${state.fassung}${state.veraltet ? ' – die letzte Änderung ist noch nicht übernommen' : ''}`;
  if ($('tag').value === '') $('tag').value = state.heute;
  const select = $('jobcenter');
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...state.jobcenter.map(({ id, name }) => new Option(name, id)));
  select.value = chosen;
  $('befunde').hidden = state.befunde.length === 0;
  $('befunde-liste').replaceChildren(...state.befunde.map((line) => element('li', line)));
}

async function ask() {
  const question = $('frage').value.trim();
  if (question === '') return;
  const mine = ++latest;
  const parameters = new URLSearchParams({ frage: question, tag: $('tag').value, jobcenter: $('jobcenter').value });
  let answer;
  try {
    answer = await getJson(`/api/antwort?${parameters}`);
  } catch (error) {
    $('stand').textContent = error.message;
    return;
  }
  // A slower, older question must not cover a newer one.
  if (mine !== latest) return;
  $('ergebnis').hidden = false;
  $('art').textContent = answer.kind;
  $('rangliste').replaceChildren(
    ...answer.ranking.map((topic, index) => {
      const row = document.createElement('tr');
      row.append(
        element('td', `${index + 1}.`),
        element('td', `${topic.title} (${topic.id})${topic.local ? ' – örtliche Fassung' : ''}`),
        element('td', `${Math.round(topic.confidence * 100)} %`),
        element('td', topic.place, 'ort'),
      );
      return row;
    }),
  );
  $('gruende').replaceChildren(
    ...answer.reasons.flatMap(({ title, lines }) => {
      const list = document.createElement('ul');
      list.append(...lines.map((line) => element('li', line)));
      return [element('h3', title), list];
    }),
  );
  // Escaped and reduced to the safe subset by the server; the page's policy allows no other script anyway.
  $('web').innerHTML = answer.web;
  $('einfach').innerHTML = answer.simple;
  $('teams').innerHTML = answer.teams;
  $('karte').textContent = answer.card;
  $('text').textContent = answer.plain;
}

$('formular').addEventListener('submit', (event) => {
  event.preventDefault();
  void ask();
});
$('tag').addEventListener('change', () => void ask());
$('jobcenter').addEventListener('change', () => void ask());
const changes = new EventSource('/api/aenderungen');
changes.addEventListener('message', () => void showState().then(ask));
changes.addEventListener('open', () => void showState());
