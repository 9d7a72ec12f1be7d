import { basename, join } from 'node:path';
import { absentFigure, type Figure, type Part } from '../figures/figure.ts';
import { againstReference } from './ifc/against-reference.ts';
import { againstSentence } from './ifc/altered.ts';
import { deadlineS, digitise, filesIn, findFile, openReference, readModel } from './ifc/corpus.ts';
import { holds, ifcFigure } from './ifc/rows.ts';
import { brokenSums } from './ifc/sums.ts';
import { workedUValues } from './ifc/u-values.ts';

const KEPT_PERCENT = 1;
const LARGE_BYTES = 1_000_000;

const absent = (id: string, metric: string): Figure =>
  absentFigure({
    id: `ifc.${id}`,
    metric,
    unit: '1',
    goal: 'a file',
    command: ifcFigure({ id, metric, value: null, unit: '1', goal: '', holds: null, n: 0 }).command,
  });

const withReference = async (folder: string): Promise<Figure[]> => {
  const references = openReference(folder);
  if (references === undefined) return [absent('reference', 'reference.json')];
  const rows: Figure[] = [];
  for (const [name, reference] of references) {
    if (name === 'hostile') {
      for (const [file, sentence] of Object.entries(reference)) {
        const path = findFile(folder, file);
        if (path === undefined) rows.push(absent(`altered.${file}`, file));
        else rows.push(...againstSentence(path, String(sentence), await digitise(path)));
      }
      continue;
    }
    const path = findFile(folder, name);
    if (path === undefined) {
      rows.push(absent(name, name));
      continue;
    }
    const [got, model] = [await digitise(path), await readModel(path)];
    if ('refused' in got || model === undefined)
      rows.push(
        holds(
          `${name}.read`,
          `${name}: ${'refused' in got ? got.refused : 'not read'}`,
          false,
          'an envelope',
        ),
      );
    else rows.push(...againstReference(name, reference, got.json, model));
  }
  return rows;
};

/** What every file must give, whatever it holds: an envelope that adds up or a reason, in time, and little kept. */
const everyFile = async (folder: string, tell: (line: string) => void): Promise<Figure[]> => {
  const rows: Figure[] = [];
  const paths = [folder, join(folder, 'more')].flatMap(filesIn);
  for (const path of paths) {
    const name = basename(path);
    const got = await digitise(path);
    const said = 'refused' in got ? got.refused : 'envelope';
    rows.push(
      ifcFigure({
        id: `answer.${name}`,
        metric: `${name}: ${said}`,
        value: got.seconds,
        unit: 's',
        goal: `an envelope or a reason within ${deadlineS} s`,
        holds: got.seconds <= deadlineS && said !== 'deadline-passed',
        n: 1,
      }),
    );
    if ('refused' in got) continue;
    const { ledger, closed, missing } = got.json;
    const broken = brokenSums(got.json);
    for (const line of broken) tell(`${name}: ${line}`);
    rows.push(
      holds(`sums.${name}`, `${name}: totals are the sums of their elements`, broken.length === 0, 'yes (1)'),
    );
    rows.push(
      ifcFigure({
        id: `open.${name}`,
        metric: `${name}: ${closed ? 'closed' : missing.join(' ')}`,
        value: missing.length,
        unit: 'gaps',
        goal: 'reported',
        holds: null,
        n: 1,
      }),
    );
    if (ledger.bytesInFile > LARGE_BYTES)
      rows.push(
        ifcFigure({
          id: `kept.${name}`,
          metric: `${name}: bytes kept of the file`,
          value: (100 * ledger.bytesKept) / ledger.bytesInFile,
          unit: '%',
          goal: `at most ${KEPT_PERCENT} %`,
          holds: 100 * ledger.bytesKept <= KEPT_PERCENT * ledger.bytesInFile,
          n: 1,
        }),
      );
    rows.push(
      ifcFigure({
        id: `parsed.${name}`,
        metric: `${name}: records parsed of those in the file`,
        value: (100 * ledger.recordsParsed) / ledger.recordsInFile,
        unit: '%',
        goal: 'reported',
        holds: null,
        n: ledger.recordsInFile,
      }),
    );
  }
  return rows;
};

export const ifcPart: Part = {
  title: 'Envelopes of IFC files',
  notes: `TODO`,
  run: async ({ corpus, tell }) => {
    const folder = join(corpus, 'ifc');
    const worked = workedUValues(corpus);
    return [
      ...(await withReference(folder)),
      ...(await everyFile(folder, tell)),
      ...(worked.length > 0 ? worked : [absent('u', 'worked U-values')]),
    ];
  },
};
