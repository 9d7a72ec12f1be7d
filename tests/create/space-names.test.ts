import { describe, expect, it } from 'vitest';
import { useOfName, spaceNameOf } from '../../src/create/geometry/space-names.ts';
import { envelopeFrom } from '../../src/create/envelope.ts';
import { preflight } from '../../src/create/preflight.ts';
import { geometry, model } from './sample.ts';

describe('the name of a room', () => {
  it.each([
    ['Caves', 'Caves et locaux techniques', 'Caves et locaux techniques'],
    ['101', 'Salle de classe', '101 Salle de classe'],
    ['Garage', '', 'Garage'],
    ['', 'Hall', 'Hall'],
  ])('%j and %j is said once: %j', (name, longName, said) => {
    expect(spaceNameOf({ name, longName })).toBe(said);
  });
});

describe('a room taken as unheated', () => {
  const envelope = envelopeFrom(model, geometry);
  const [first] = envelope.cells;
  if (first === undefined) throw new Error('the sample has a cell');
  const cold = { ...first, id: 'caves', name: 'Caves', heated: false, reason: useOfName(['Caves']).reason };
  const withCave = { ...envelope, cells: [...envelope.cells, cold] };

  it('is told in whole sentences, with one full stop each', () => {
    const { assumed, questions } = preflight(model, withCave);
    const told = assumed.find(({ code }) => code === 'cell-unheated');
    const asked = questions.find(({ code }) => code.startsWith('ask-space'));
    for (const text of [told?.message, asked?.help]) {
      expect(text?.fr).toMatch(
        /pris pour non chauffé.*\. Local supposé non chauffé d’après son nom [^.]*\.$/i,
      );
      expect(text?.fr).not.toContain('..');
      expect(text?.en).not.toContain('..');
    }
  });
});
