import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConventional } from '../../src/formats/dpe/index.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { unpackEntry, zipEntries } from '../../src/formats/zip/zip-entries.ts';
import { conventionalUse, type DpeZone, labelOf } from '../../src/simulate/index.ts';
import { absentFigure, type Figure, type figuresOf } from '../figures/figure.ts';

type Row = ReturnType<typeof figuresOf>;
type Kind = 'house' | 'flat' | 'block';

/** Relative error of the need and of final and primary energy, and whether the label is the certified one. */
type Agreement = {
  readonly need: number;
  readonly final: number;
  readonly primary: number;
  readonly label: boolean;
};
type Case = {
  readonly held: boolean;
  readonly kind: Kind;
  readonly ours: Agreement | undefined;
  readonly engine: Agreement | undefined;
};

type EngineFigures = {
  readonly needKwh: number;
  readonly finalKwh: number;
  readonly primaryKwh: { readonly old: number; readonly new: number };
  readonly energy: { readonly old: string; readonly new: string };
  readonly ghg: string;
};

const zones: readonly DpeZone[] = ['H1a', 'H1b', 'H1c', 'H2a', 'H2b', 'H2c', 'H2d', 'H3'];
const altitudes = [200, 600, 1000];
const MAX_XML_BYTES = 16 * 1024 * 1024;
const NEW_FACTOR = '2026-01-01';
const BLOCK_METHODS = new Set([6, 7, 8, 9, 17, 21, 26, 27, 28, 29, 30]);

const valueOf = (xml: string, tag: string): number =>
  Number(new RegExp(`<${tag}>([^<]*)<`).exec(xml)?.[1] ?? Number.NaN);

/** Held back: the half of the certificates, by a hash of the number (FNV-1a), that no rule was looked at with. */
const isHeld = (name: string): boolean => {
  let hash = 2_166_136_261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash % 2 === 1;
};

const caseOf = (name: string, xml: string, label: string, engine: EngineFigures | null): Case => {
  const out = xml.slice(xml.indexOf('<sortie>'));
  const method = valueOf(xml, 'enum_methode_application_dpe_log_id');
  const dwelling = valueOf(xml, 'surface_habitable_logement');
  const whole = BLOCK_METHODS.has(method) || !(dwelling > 0);
  const areaM2 = whole ? valueOf(xml, 'surface_habitable_immeuble') : dwelling;
  const date = /<date_etablissement_dpe>(\d{4}-\d\d-\d\d)/.exec(xml)?.[1] ?? '';
  const judged = {
    areaM2,
    date,
    zone: zones[valueOf(xml, 'enum_zone_climatique_id') - 1],
    altitudeM: altitudes[valueOf(xml, 'enum_classe_altitude_id') - 1],
  };
  const certified = {
    need: valueOf(out, 'besoin_ch'),
    final: valueOf(out, 'conso_5_usages'),
    primary: valueOf(out, 'ep_conso_5_usages'),
  };
  const read = readConventional(name, Buffer.from(xml, 'utf8'));
  const factor = date >= NEW_FACTOR ? 'new' : 'old';
  const ours = (): Agreement | undefined => {
    if (!read.ok) return undefined;
    const use = conventionalUse(read.value, date);
    const share = areaM2 / read.value.areaM2;
    const primaryKwhM2 = use.primaryKwh / read.value.areaM2;
    return {
      need: use.heatingNeedKwh / certified.need - 1,
      final: (use.finalKwh * share) / certified.final - 1,
      primary: (use.primaryKwh * share) / certified.primary - 1,
      label: labelOf({ primaryKwhM2, ghgKgM2: use.ghgKg / read.value.areaM2 }, judged).label === label,
    };
  };
  return {
    held: isHeld(name),
    kind: method === 1 ? 'house' : whole ? 'block' : 'flat',
    ours: ours(),
    engine: engine
      ? {
          need: engine.needKwh / certified.need - 1,
          final: engine.finalKwh / certified.final - 1,
          primary: engine.primaryKwh[factor] / certified.primary - 1,
          label: [engine.energy[factor], engine.ghg].toSorted().at(-1) === label,
        }
      : undefined,
  };
};

const engineFigures = (texts: readonly string[]): readonly (EngineFigures | null)[] | undefined => {
  const script = join(import.meta.dirname, 'dpe-oracle.mjs');
  const run = spawnSync(process.execPath, [script], {
    input: JSON.stringify(texts),
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  return run.status === 0 ? (JSON.parse(run.stdout) as readonly (EngineFigures | null)[]) : undefined;
};

const WITHIN = 0.05;
const subjects = {
  need: 'heating need within 5 % of the certified',
  final: 'final energy per m2 within 5 % of the certified',
  primary: 'primary energy per m2 within 5 % of the certified',
  label: 'label equal to the certified, with the factor of its date',
} as const;
type Subject = keyof typeof subjects;

const agrees = (one: Agreement | undefined, subject: Subject): boolean => {
  if (one === undefined) return false;
  return subject === 'label' ? one.label : Math.abs(one[subject]) <= WITHIN;
};

const shareOf = (cases: readonly Case[], who: 'ours' | 'engine', subject: Subject): number =>
  (100 * cases.filter((one) => agrees(one[who], subject)).length) / cases.length;

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The conventional core against certificates, with the engine fed the same files; all, the held-back half, and by kind of building. */
export const validateCore = (
  row: Row,
  folder: string,
  labels: ReadonlyMap<string, string>,
  command: string,
): Figure[] => {
  const archive = join(folder, 'dpe_xml_dev.zip');
  const entries = existsSync(archive) ? zipEntries(bytesSource(archive, readFileSync(archive))) : undefined;
  if (entries === undefined)
    return [
      absentFigure({
        id: 'dpe.core.need',
        metric: subjects.need,
        unit: '%',
        goal: 'the engine, minus 5 points',
        command,
      }),
    ];
  const files = entries
    .filter(({ name }) => name.endsWith('.xml'))
    .flatMap((entry) => {
      const unpacked = unpackEntry(entry, MAX_XML_BYTES);
      return unpacked.ok ? [{ name: entry.name, xml: new TextDecoder().decode(unpacked.value) }] : [];
    });
  const engine = engineFigures(files.map(({ xml }) => xml));
  const cases = files.map(({ name, xml }, index) =>
    caseOf(name, xml, labels.get(name.replace(/^.*\/|\.xml$/g, '')) ?? '', engine?.[index] ?? null),
  );
  const groups = [
    { id: 'all', name: 'all certificates', cases },
    { id: 'held', name: 'held-back half', cases: cases.filter(({ held }) => held) },
    ...(['house', 'flat', 'block'] as const).map((kind) => ({
      id: kind,
      name: `${kind}s`,
      cases: cases.filter((one) => one.kind === kind),
    })),
  ];
  return groups.flatMap((group) => {
    const goals = group.id === 'all' || group.id === 'held';
    const errors = group.cases.flatMap(({ ours }) =>
      ours === undefined ? [] : [100 * Math.abs(ours.primary)],
    );
    return [
      ...(Object.keys(subjects) as Subject[]).map((subject): Figure => {
        const value = shareOf(group.cases, 'ours', subject);
        const theirs = engine === undefined ? undefined : shareOf(group.cases, 'engine', subject);
        return row({
          id: `core.${group.id}.${subject}`,
          metric: `${subjects[subject]} (${group.name})`,
          value,
          unit: '%',
          goal: goals ? 'the engine, minus 5 points' : 'reported',
          holds: goals && theirs !== undefined ? value >= theirs - 5 : null,
          n: group.cases.length,
          ...(theirs === undefined
            ? {}
            : { comparator: { name: '@open3cl/engine, as its certificates', value: theirs, unit: '%' } }),
        });
      }),
      row({
        id: `core.${group.id}.error`,
        metric: `median error of primary energy per m2 (${group.name})`,
        value: median(errors),
        unit: '%',
        goal: 'reported',
        holds: null,
        n: errors.length,
      }),
    ];
  });
};
