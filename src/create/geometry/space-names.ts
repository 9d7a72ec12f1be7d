import { type Message, message } from '#core/message.ts';

/** Lower case, without accents, words apart, so that one pattern serves "Séjour", "SEJOUR" and "sejour_1". */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

const words = (...list: string[]): RegExp => new RegExp(`(^| )(${list.join('|')})( |$)`);

/** Rooms kept warm although a word below would say otherwise. */
const heatedAnyway = words(
  'combles? amenag\\w*',
  'sous sol amenag\\w*',
  'attic room',
  'finished (attic|basement)',
  'partykeller',
  'hobbyraum',
  'wohnkeller',
);

const unheated = words(
  // French
  'garages?',
  'parkings?',
  'stationnements?',
  'caves?',
  'celliers?',
  'combles?( perdus?)?',
  'greniers?',
  'sous sols?',
  'vides? sanitaires?',
  'local (poubelles?|ordures|om|velos?|poussettes|dechets|compteurs?|tgbt|vmc|chaufferie)',
  'chaufferies?',
  'remises?',
  'appentis',
  'abris?',
  'hangars?',
  'gaines?( techniques?)?',
  // German
  'tiefgaragen?',
  'stellplatz|stellplatze|parkdeck',
  'keller\\w*|\\w+keller',
  'unbeheizt\\w*',
  'heiz(ungs)?raum|heizung',
  'hausanschluss\\w*|anschlussraum',
  'dachboden|spitzboden|dachraum|kaltdach|speicher',
  'mull(raum)?|muell(raum)?|fahrrad\\w*',
  'schuppen|geratehaus|geraeteraum',
  'schacht|aufzugsschacht',
  // English
  'carports?|car park',
  'cellars?',
  'basements?',
  'crawl ?spaces?',
  'attics?|lofts? void|roof void',
  '(boiler|meter|bin|bike|cycle|refuse|garbage|trash) ?(rooms?|stores?)',
  'sheds?',
  'unheated|unconditioned',
  'shafts?|risers?',
);

/** Technical rooms: cold in dwellings, but also what exporters name rooms of no other use. */
const technical = words(
  'locaux techniques?',
  'local tech(nique)?',
  '(haus)?technik(raum)?|haustechnik',
  '(plant|mechanical|mech|electrical|elec) ?(rooms?|stores?)',
);

const outdoors = words(
  'terrasses?',
  'balcons?',
  'loggias?',
  'jardins?',
  'exterieur|exterieurs|dehors',
  'cours?( anglaise| exterieure)',
  'terrassen?',
  'balkon\\w*',
  'garten',
  'aussen\\w*|draussen|umgebung',
  'dachterrasse',
  'terraces?',
  'balcon(y|ies)',
  'patios?',
  'gardens?',
  'exterior|outdoors?|outside',
  'roof|roofs|toitures?( terrasse)?',
  'decks?',
  'courtyards?',
);

/** Gross, rentable or zoning areas that Revit and others export as spaces. */
const areaPlans = words(
  'surfaces?',
  'areas?',
  'gross( building)?( area)?',
  'rentable( area)?',
  'shon|shob|surface de plancher|emprise( au sol)?',
  'bgf|ngf|bruttoflache|nettoflache',
  'bounding box',
);

export type SpaceUse = 'heated' | 'unheated' | 'outdoors';

export type NamedUse = {
  readonly use: SpaceUse;
  readonly reason: Message;
  /** The word may stand for any room; not believed when it would leave most of the building cold. */
  readonly weak?: boolean;
};

/** A room as a person would name it: its number and its name, once where the name already begins with it. */
export const spaceNameOf = ({
  name,
  longName,
}: {
  readonly name: string;
  readonly longName: string;
}): string =>
  plainName(longName).startsWith(plainName(name))
    ? longName
    : [name, longName].filter((part) => part !== '').join(' ');

/** What a room's name says of its heating, with the word that decided; rooms of no telling name are heated. */
export const useOfName = (names: readonly string[]): NamedUse => {
  for (const name of names) {
    const plain = plainName(name);
    if (heatedAnyway.test(plain)) break;
    const open = outdoors.exec(plain)?.[2];
    if (open !== undefined)
      return {
        use: 'outdoors',
        reason: message(
          `« ${name} » se dit d’un espace extérieur (« ${open} »).`,
          `“${name}” names an outdoor space (“${open}”).`,
        ),
      };
    const sure = unheated.exec(plain)?.[2];
    const cold = sure ?? technical.exec(plain)?.[2];
    if (cold !== undefined)
      return {
        use: 'unheated',
        weak: sure === undefined,
        reason: message(
          `Local supposé non chauffé d’après son nom « ${name} » (« ${cold} »).`,
          `Taken as unheated from its name “${name}” (“${cold}”).`,
        ),
      };
  }
  return {
    use: 'heated',
    reason: message(
      'Supposé chauffé : rien dans son nom ne dit le contraire.',
      'Taken as heated: nothing in its name says otherwise.',
    ),
  };
};

/** Whether one of a space's names or tags is, as a whole, a word for an area count, so that it is no room. */
export const isAreaPlan = (tags: readonly string[]): boolean =>
  tags.some((tag) => areaPlans.exec(plainName(tag))?.[0].trim() === plainName(tag));
