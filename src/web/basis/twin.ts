import { groupText, provenanceText, useTextOf } from '../i18n.ts';
import { type Clause, clause, french, N, type Words } from './clause.ts';

const group = (word: string): string => french(groupText)(word).toLowerCase();
const use = (word: string): string => french(useTextOf)(word).toLowerCase();
/** Shares of the provenances, `computed 15 %, library 20 %`. */
const provenances = (list: string): string =>
  list.replaceAll(/[a-z-]+(?= \d)/g, (word) => french(provenanceText)(word));

const parts: Words = {
  'wall-ground': { fr: 'mur-sol' },
  'wall-intermediate-floor': { fr: 'mur-plancher intermédiaire' },
  'wall-roof': { fr: 'mur-toiture' },
  'wall-partition': { fr: 'mur-refend' },
  opening: { fr: 'tableaux de baies' },
  inner: { fr: 'intérieure' },
  outer: { fr: 'extérieure' },
  distributed: { fr: 'répartie' },
  none: { fr: 'absente' },
};

/** Joined parts of a sum of thermal bridges, by their French names. */
const bridges = (list: string): string =>
  list.replaceAll(/[a-z]+(?:-[a-z]+)*(?= [\d.]+ m)/g, (word) => french(parts)(word));

/** The envelope, the twin and its label. */
export const twinClauses: readonly Clause[] = [
  clause(
    `U ${N} W/\\(m2 K\\) declared in the file for (.*)`,
    (u, name) => `U de ${u} W/(m²·K) déclaré dans le fichier pour ${name}`,
  ),
  clause(
    `Default of period (\\d+): ${N} W/\\(m2 K\\)\\. (.*), version ([\\w.-]+)`,
    (period, u, source, version) =>
      `valeur par défaut de la période ${period} : ${u} W/(m²·K), ${source
        .replace('Uw for BuildSysPro glazing of the period', 'Uw du vitrage BuildSysPro de la période')
        .replace('doors', 'portes')
        .replace(
          /period table, zone (\w+) assumed/,
          'table des périodes, zone $1 supposée',
        )}, version ${version}`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+): Rsi ${N} \\+ (.*) \\+ Rse ${N} = R ${N} m2K/W(.*)`,
    (source, rsi, layers, rse, r, rest) =>
      `${source} : Rsi ${rsi} + ${layers.replaceAll('(file)', '(fichier)').replaceAll('(library ', '(bibliothèque ')} + Rse ${rse} = R ${r} m²·K/W${rest}`,
  ),
  clause(
    `times ${N}, learnt from (\\d+) metered buildings of this stock`,
    (factor, cases) =>
      `multiplié par ${factor}, appris de ${cases} bâtiment${Number(cases) < 2 ? ' relevé' : 's relevés'} de ce parc`,
  ),
  clause(
    `period defaults as learnt from metered buildings of this stock`,
    () => 'valeurs par défaut de la période apprises des bâtiments relevés de ce parc',
  ),
  clause(
    `Heating slopes of (\\d+) metered buildings with this default over those their twins expected, shrunk towards the table as it is \\((.*), version ([\\w.-]+)\\)`,
    (cases, file, version) =>
      `pentes de chauffage de ${cases} bâtiment${Number(cases) < 2 ? ' relevé' : 's relevés'} où sert cette valeur, sur celles que leurs jumeaux attendaient, rapprochées de la table telle qu’elle est (${file}, version ${version})`,
  ),
  clause(`outside air`, () => 'air extérieur'),
  clause(`heated on both sides`, () => 'chauffé des deux côtés'),
  clause(`after ([\\w-]+)`, (measure) => `après le geste « ${measure} »`),
  clause(
    `after ([\\w-]+) version ([\\w.]+)`,
    (measure, version) => `après le geste « ${measure} », version ${version}`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+),? slab on ground: perimeter ${N} m((?: of a square assumed)?), B' ${N} m, d_t ${N} m, U ${N} through the soil`,
    (source, perimeter, square, b, d, u) =>
      `${source}, dalle sur sol : périmètre ${perimeter} m${square === '' ? '' : ' (celui d’un carré, supposé)'}, B' ${b} m, d_t ${d} m, U ${u} à travers le sol`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+),? floor over an unheated basement of assumed depth ${N} m, perimeter ${N} m((?: of a square assumed)?): U ${N} to the outside`,
    (source, depth, perimeter, square, u) =>
      `${source}, plancher sur sous-sol non chauffé de profondeur supposée ${depth} m, périmètre ${perimeter} m${square === '' ? '' : ' (celui d’un carré, supposé)'} : U ${u} vers l’extérieur`,
  ),
  clause(
    `soil λ ${N} and wall ${N} m assumed`,
    (lambda, wall) => `λ du sol ${lambda} et mur de ${wall} m supposés`,
  ),
  clause(
    `(ISO [\\d:]+ [\\d.]+): 0.34 Wh/\\(m3 K\\) × ${N} 1/h × ${N} m3\\. Default of period (\\d+): ${N} 1/h\\. (.*), version ([\\w.-]+)`,
    (source, rate, volume, period, value, from, version) =>
      `${source} : 0,34 Wh/(m³·K) × ${rate} vol/h × ${volume} m³ ; valeur par défaut de la période ${period} : ${value} vol/h, ${from.replace('archetypes', 'archétypes')}, version ${version}`,
  ),
  clause(
    `Σ b·U·A of (\\w+) \\((.*)\\)`,
    (which, shares) => `Σ b·U·A : ${group(which)} (${provenances(shares)})`,
  ),
  clause(
    `same cause errs together, others independently, log-normal sum by moment matching`,
    () =>
      'une même cause se trompe partout ensemble, les autres indépendamment, somme log-normale par les moments',
  ),
  clause(
    `(ISO [\\d:]+): Σ b·U·A \\+ Σ ψ·l \\+ 0.34·n·V on outer dimensions \\((.*)\\)`,
    (source, shares) =>
      `${source} : Σ b·U·A + Σ ψ·l + 0,34·n·V en dimensions extérieures (${provenances(shares)})`,
  ),
  clause(
    `Σ ψ·l, insulation (\\w+)( \\(assumed\\))?: (.*)`,
    (where, assumed, list) =>
      `Σ ψ·l, isolation ${french(parts)(where)}${assumed === undefined ? '' : ' (supposée)'} : ${bridges(list)}`,
  ),
  clause(
    `(.*) ψ turned to outer dimensions \\((.*)\\), table version ([\\w.-]+)`,
    (source, iso, version) =>
      `ψ de ${source} ramenés aux dimensions extérieures (${iso}), table version ${version}`,
  ),
  clause(
    `half of the partitions taken as heavy(, light roof neglected)?`,
    (light) =>
      `la moitié des refends supposée lourde${light === undefined ? '' : ', toiture légère négligée'}`,
  ),
  clause(
    `(materials|systems|uses) table version (.*)`,
    (which, version) =>
      `table des ${which === 'materials' ? 'matériaux' : which === 'systems' ? 'systèmes' : 'usages'}, version ${version}`,
  ),
  clause(`table version (.*)`, (version) => `version de la table ${version}`),
  clause(`Sum of the heated cells’ floors in plan`, () => 'somme en plan des sols des cellules chauffées'),
  clause(`Mean indoor temperature of (\\w+)`, (which) => `température intérieure moyenne (${use(which)})`),
  clause(
    `Share of the floor area heated to the set point`,
    () => 'part de la surface chauffée à la consigne',
  ),
  clause(
    `Seasonal efficiency of ([\\w-]+) on ([\\w-]+): (.*) and (.*)`,
    (system, carrier, one, other) => `rendement saisonnier (${system}, ${carrier}) : ${one} et ${other}`,
  ),
  clause(`SCOP of (.*) as (.*)`, (source, file) => `SCOP de ${source}, comme ${file}`),
  clause(`hot water factor by judgement`, () => 'facteur de l’eau chaude estimé'),
  clause(
    `whether hot water is on this meter is not known`,
    () => 'on ne sait pas si l’eau chaude est sur ce compteur',
  ),
  clause(
    `${N} draws of the twin weighted by the meter’s heating line \\((.*), ${N} effective\\)`,
    (draws, how, effective) =>
      `${draws} tirages du jumeau pesés par la droite de chauffage du compteur (${how === 'importance' ? 'tirage d’importance' : how}, ${effective} efficaces)`,
  ),
  clause(
    `${N} draws of the twin weighted by the meter’s heating line on (\\d+) bills that cover (\\d+) days \\((.*), ${N} effective\\)`,
    (draws, bills, days, how, effective) =>
      `${draws} tirages du jumeau pesés par la droite de chauffage de ${bills} factures qui couvrent ${days} jours (${how === 'importance' ? 'tirage d’importance' : how}, ${effective} efficaces)`,
  ),
  clause(
    `${N} draws of the twin of the prior: no usable meter \\((.*), ${N} effective\\)`,
    (draws, _how, effective) =>
      `${draws} tirages du jumeau avant tout relevé : pas de compteur utilisable (${effective} efficaces)`,
  ),
  clause(
    `estimation, pas un DPE: (.*) on (\\d+) draws of the calibrated twin, zone (\\w+), primary-energy factor of ([\\d-]+) \\((.*)\\)`,
    (method, draws, zone, day, files) =>
      `estimation, pas un DPE : ${method} sur ${draws} tirages du jumeau calé, zone ${zone}, facteur d’énergie primaire du ${day} (${files})`,
  ),
];
