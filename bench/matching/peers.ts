/**
 * The search libraries and the chatbot toolkit this project could have been built on, each in its usual and its best German configuration.
 * All get the same texts: title, questions and utterances of an entry, one document per text, an entry ranking by its best text.
 */
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { create, insertMultiple, search } from '@orama/orama';
import { newStemmer } from 'snowball-stemmers';

export interface Entry {
  readonly id: string;
  readonly texts: readonly string[];
}

export interface Engine {
  /** Ids of entries, best first, each once. */
  find(question: string): Promise<readonly string[]> | readonly string[];
}

export interface Peer {
  readonly name: string;
  /** Beyond this number of texts it takes minutes: measured in smaller runs, left out of larger ones. */
  readonly maxTexts: number;
  readonly build: (entries: readonly Entry[]) => Promise<Engine>;
}

interface Text {
  readonly key: string;
  readonly id: string;
  readonly text: string;
}

const WANTED = 10;
const MANY = 60;

function textsOf(entries: readonly Entry[]): Text[] {
  return entries.flatMap(({ id, texts }) => texts.map((text, i) => ({ key: `${id}#${i}`, id, text })));
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].slice(0, WANTED);
}

function fuse(name: string, options: object): Peer {
  return {
    name,
    maxTexts: 20_000,
    build(entries) {
      const index = new Fuse(textsOf(entries), { keys: ['text'], ...options });
      return Promise.resolve({
        find: (question) => distinct(index.search(question, { limit: MANY }).map(({ item }) => item.id)),
      });
    },
  };
}

const snowball = newStemmer('german');

function foldAndStem(term: string): string {
  const folded = term
    .toLowerCase()
    .replace(/ä|ae/g, 'a')
    .replace(/ö|oe/g, 'o')
    .replace(/ü|ue/g, 'u')
    .replace(/ß/g, 'ss');
  return snowball.stem(folded);
}

const miniSearch: Peer = {
  name: 'MiniSearch, Snowball, umlauts folded, fuzzy',
  maxTexts: 100_000,
  build(entries) {
    const index = new MiniSearch<Text>({
      idField: 'key',
      fields: ['text'],
      storeFields: ['id'],
      processTerm: foldAndStem,
      searchOptions: { fuzzy: 0.2, prefix: false },
    });
    index.addAll(textsOf(entries));
    return Promise.resolve({
      find: (question) =>
        distinct(
          index
            .search(question)
            .slice(0, MANY)
            .map((hit) => String(hit['id'])),
        ),
    });
  },
};

const orama: Peer = {
  name: 'Orama, German, tolerance 1',
  maxTexts: 100_000,
  async build(entries) {
    const index = create({ schema: { id: 'string', text: 'string' } as const, language: 'german' });
    await insertMultiple(
      index,
      textsOf(entries).map(({ key, text }) => ({ id: key, text })),
      500,
    );
    return {
      find: async (question) => {
        const { hits } = await search(index, {
          term: question,
          properties: ['text'],
          limit: MANY,
          tolerance: 1,
          threshold: 1,
        });
        return distinct(hits.map(({ document }) => document.id.replace(/#\d+$/, '')));
      },
    };
  },
};

const lunrGerman: Peer = {
  name: 'lunr, lunr-de, fuzzy 1',
  maxTexts: 20_000,
  build(entries) {
    const texts = textsOf(entries);
    const ids = new Map(texts.map(({ key, id }) => [key, id]));
    const index = lunr(function () {
      this.use(lunr.de);
      this.ref('key');
      this.field('text');
      for (const text of texts) this.add(text);
    });
    return Promise.resolve({
      find(question) {
        const words = question.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
        const hits = index.query((query) => {
          for (const word of words) {
            query.term(word, { boost: 3 });
            if (word.length >= 4) query.term(word, { editDistance: 1 });
          }
        });
        return distinct(hits.slice(0, MANY).map(({ ref }) => ids.get(ref) ?? ''));
      },
    });
  },
};

const nlpJs: Peer = {
  name: 'nlp.js (basic, lang-de)',
  maxTexts: 10_000,
  async build(entries) {
    const dock = await dockStart({
      settings: {
        nlp: { forceNER: false, log: false, autoSave: false, languages: ['de'], nlu: { log: false } },
        'nlu-de': { log: false },
        nlu: { log: false },
      },
      use: ['Basic', 'LangDe'],
    });
    const nlp = dock.get('nlp');
    nlp.addLanguage('de');
    for (const { id, text } of textsOf(entries)) nlp.addDocument('de', text, id);
    await nlp.train();
    return {
      find: async (question) => {
        const { classifications } = await nlp.process('de', question);
        return distinct(classifications.map(({ intent }) => intent).filter((intent) => intent !== 'None'));
      },
    };
  },
};

interface Nlp {
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(
    language: string,
    text: string,
  ): Promise<{ readonly classifications: readonly { readonly intent: string }[] }>;
}

interface LunrBuilder {
  use(plugin: unknown): void;
  ref(field: string): void;
  field(name: string): void;
  add(document: object): void;
}

interface LunrIndex {
  query(fill: (query: { term(word: string, options: object): void }) => void): readonly { readonly ref: string }[];
}

type Lunr = ((fill: (this: LunrBuilder) => void) => LunrIndex) & { readonly de: unknown };

/* These packages ship no types. */
/* eslint-disable @typescript-eslint/no-require-imports */
const { dockStart } = require('@nlpjs/basic') as {
  readonly dockStart: (options: object) => Promise<{ get(name: 'nlp'): Nlp }>;
};
const lunr = require('lunr') as Lunr;
(require('lunr-languages/lunr.stemmer.support') as (target: unknown) => void)(lunr);
(require('lunr-languages/lunr.de') as (target: unknown) => void)(lunr);
/* eslint-enable @typescript-eslint/no-require-imports */

export const PEERS: readonly Peer[] = [
  fuse('fuse.js, as it comes', {}),
  fuse('fuse.js, best found (useTokenSearch)', {
    useTokenSearch: true,
    ignoreLocation: true,
    threshold: 0.4,
    ignoreDiacritics: true,
  }),
  miniSearch,
  orama,
  lunrGerman,
  nlpJs,
];
