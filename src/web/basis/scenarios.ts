import { type Clause, clause, N } from './clause.ts';

/** Scenarios, and the weather and comfort behind them. */
export const scenarioClauses: readonly Clause[] = [
  clause(
    `${N} draws of the calibrated twin \\(stacoptim\\.posterior/1,? (.*)\\)`,
    (draws, how) => `${draws} tirages du jumeau calé (${how === 'importance' ? 'tirage d’importance' : how})`,
  ),
  clause(
    `absolute heating from the calibrated meter signature, fraction from the twin`,
    () => 'chauffage absolu de la signature calée du compteur, fraction du jumeau',
  ),
  clause(
    `monthly balance (ISO [\\d:]+) on (.*) \\(version (.*)\\)`,
    (source, place, version) => `bilan mensuel ${source} sur la météo ${place} (version ${version})`,
  ),
  clause(`the stock’s realisation rate applied`, () => 'taux de réalisation du parc appliqué'),
  clause(`no realisation rate applied`, () => 'sans taux de réalisation'),
  clause(`no explicit rebound`, () => 'sans effet rebond explicite'),
  clause(
    `Unit costs without tax of models/measures \\((.*)\\), brought to ([\\w-]+) by BT(\\d+)(.*)`,
    (list, date, index, rest) =>
      `coûts unitaires hors taxes de models/measures (${list}), ramenés à ${date} par l’index BT${index}${rest}`,
  ),
  clause(
    `plant sized on the loss after works at ${N} °C`,
    (design) => `équipement dimensionné sur les déperditions d’après travaux à ${design} °C`,
  ),
  clause(
    `Cost of the works with tax, known aids taken off`,
    () => 'coût des travaux TTC, aides connues déduites',
  ),
  clause(
    `EN 15459-1:2017 over (\\d+) years at a real ${N} %, energy prices of ([\\d-]+) growing as models/economics.json \\(version (.*?)\\) says(.*), costs in euros of (\\d+) by BT01,?(.*)`,
    (years, rate, date, version, works, euro, rest) =>
      `EN 15459-1:2017 sur ${years} ans à ${rate} % réels, prix de l’énergie de ${date} croissant comme le dit models/economics.json (version ${version})${works}, coûts en euros de ${euro} par l’index BT01${rest.replace('VAT', 'TVA')}`,
  ),
  clause(`VAT ${N} %`, (rate) => `TVA ${rate} %`),
  clause(`Energy of doing nothing`, () => 'énergie si l’on ne fait rien'),
  clause(
    `Energy saved at the prices of ([\\d-]+) \\(version (.*)\\), standing charges and sold electricity left out`,
    (date, version) =>
      `énergie économisée aux prix de ${date} (version ${version}), sans abonnements ni électricité vendue`,
  ),
  clause(
    `Factors for the purpose “(\\w+)” of ([\\d-]+) \\(version (.*)\\)`,
    (purpose, date, version) => `facteurs pour l’usage « ${purpose} » de ${date} (version ${version})`,
  ),
  clause(
    `First year by which discounted savings pay the works back`,
    () => 'première année où les économies actualisées ont payé les travaux',
  ),
  clause(
    `Aids of models/subsidies engaged on ([\\w -]+), certificates at ${N} EUR/MWh cumac`,
    (day, price) =>
      `aides de models/subsidies engagées le ${day}, certificats à ${price?.replace('.', ',')} €/MWh cumac`,
  ),
  clause(
    `Electricity of other meters than heating no longer bought \\(light, own sun\\)`,
    () =>
      'électricité des autres compteurs que le chauffage qui n’est plus achetée (éclairage, soleil autoconsommé)',
  ),
  clause(`surplus sold to the grid left out`, () => 'surplus vendu au réseau non compté'),
  clause(`Embodied carbon of the works: (.*)`, (sources) => `carbone des travaux : ${sources}`),
  clause(`Global cost after the works`, () => 'coût global après les travaux'),
  clause(
    `Heating of the calibrated twin over its need at ${N} °C with every room heated \\(monthly balance (.*)\\)`,
    (set, source) =>
      `chauffage du jumeau calé sur son besoin à ${set} °C, toutes pièces chauffées (bilan mensuel ${source})`,
  ),
  clause(
    `below 1: less is used than the convention assumes`,
    () => 'sous 1 : il est pris moins que la convention ne suppose',
  ),
  clause(`below 0 it pays for itself`, () => 'sous 0, cela se paie de soi-même'),
  clause(
    `Investment, renewal and upkeep a year over the kWh saved a year`,
    () => 'investissement, renouvellement et entretien par an sur les kWh économisés par an',
  ),
  clause(
    `Net cost a year, energy saved taken off, over the tonnes avoided a year`,
    () => 'coût net par an, énergie économisée déduite, sur les tonnes évitées par an',
  ),
  clause(`Net present value against doing nothing`, () => 'valeur actuelle nette face à ne rien faire'),
  clause(`Real internal rate of return`, () => 'taux de rentabilité interne réel'),
  clause(
    `(−[\\d]+) % stands for less, (\\d+) % for more`,
    (less, more) => `${less} % veut dire moins, ${more} % davantage`,
  ),
  clause(
    `Simple payback: cost over the euros saved a year, draw by draw, within the life of the measure that lasts longest`,
    () =>
      'retour simple : coût sur les euros économisés par an, tirage par tirage, dans la durée de vie du geste le plus durable',
  ),
  clause(
    `Embodied over avoided carbon a year, within the life of the measure that lasts longest`,
    () => 'carbone des travaux sur celui évité par an, dans la durée de vie du geste le plus durable',
  ),
  clause(
    `an upper bound of (\\d+) years stands for later or never`,
    (years) => `une borne haute de ${years} ans veut dire plus tard ou jamais`,
  ),
  clause(
    `Upkeep added, as a share of the cost of each measure`,
    () => 'entretien ajouté, en part du coût de chaque geste',
  ),
  clause(`Whole year`, () => 'année entière'),
  clause(
    `(\\d+) days of ${N} to ${N} °C under a clear sky`,
    (days, low, high) => `${days} jours de ${low} à ${high} °C sous un ciel clair`,
  ),
  clause(
    `(ISO [\\d:]+) annex C \\(5R1C\\) on (\\d+) draws of the calibrated twin under (.*)`,
    (source, draws, place) => `${source} annexe C (5R1C) sur ${draws} tirages du jumeau calé, météo ${place}`,
  ),
  clause(
    `windows opened ${N} times the air change between ${N} and ${N} °C outdoors, out of season`,
    (times, low, high) =>
      `fenêtres ouvertes : ${times} fois le renouvellement d’air entre ${low} et ${high} °C dehors, hors saison de chauffe`,
  ),
  clause(
    `adaptive limit of (EN [\\d:-]+) category II, every hour counted`,
    (source) => `limite adaptative de ${source}, catégorie II, toutes les heures comptées`,
  ),
];
