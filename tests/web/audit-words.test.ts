import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelName } from '../../src/app/model-names.ts';
import { modelKinds } from '../../src/core/regression/candidate.ts';
import { hourlyKinds } from '../../src/core/regression/hourly/index.ts';
import { actionText, reasonWords, subjectWords } from '../../src/web/admin/audit-words.ts';
import { modelText } from '../../src/web/i18n.ts';

const source = join(import.meta.dirname, '../../src');
const files = ['app', 'store', 'cli', 'jobs'].flatMap((layer) =>
  readdirSync(join(source, layer), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(source, layer, name), 'utf8'))
    .filter((text) => /audit/i.test(text)),
);

/** Two words at least: « keep » and « all » are actions of other things. */
const code = /'([a-z]+(?:-[a-z]+)+)'/g;
const places = [
  /\baction: '[^']+'(?: \| '[^']+')*/g,
  /\bimportAction = '[^']+'/g,
  /\baction: \{[^}]+\}\[/g,
  /const verbs[^;]+;/g,
  /\b(?:note|audited)\([^)]*'[^']+'/g,
  /action: reversed \? '[^']+' : '[^']+'/g,
];

const codes = new Set(
  files.flatMap((text) =>
    places.flatMap((place) =>
      [...text.matchAll(place)].flatMap(([found]) => [...found.matchAll(code)].map(([, one]) => one ?? '')),
    ),
  ),
);

describe('the log in the words of a person', () => {
  it('has a sentence for every action the program writes down', () => {
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((one) => actionText[one] === undefined)).toEqual([]);
  });

  it('says in French what the program gave as its reason, and leaves the words of a person', () => {
    const said = (reason: string, detail = {}) => reasonWords({ reason, detail }).fr;
    expect(said('asked through the API')).toBe('demandé par la page ou par l’API');
    expect(said('not seen for 30 days')).toBe('plus rien vu depuis 30 jours');
    expect(said('vendue à la commune')).toBe('vendue à la commune');
    expect(
      said('First model of this meter.', { reason: { fr: 'Premier modèle.', en: 'First model.' } }),
    ).toBe('Premier modèle.');
  });

  it('leaves no reason of its own in English', () => {
    const own = files.flatMap((text) =>
      [...text.matchAll(/\breason(?::| =) '([^']+)'/g)].map(([, one]) => one ?? ''),
    );
    // The commands of the terminal name the kind of their option so.
    const untold = own.filter(
      (one) => one !== 'string' && reasonWords({ reason: one, detail: {} }).fr === one,
    );
    expect(own.length).toBeGreaterThan(5);
    expect(untold).toEqual([]);
  });

  it('names what was acted upon', () => {
    expect(subjectWords('building:ecole-1958')).toEqual({
      fr: 'bâtiment ecole-1958',
      en: 'building ecole-1958',
    });
  });
});

describe('models', () => {
  it('have the same name on the page and in the documents, and none is a code', () => {
    for (const kind of [...modelKinds, ...hourlyKinds]) {
      expect(modelText[kind]).toEqual(modelName(kind));
      expect(modelName(kind).fr).not.toBe(kind);
    }
  });
});
