import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Copies stand this far apart, in the file's own unit of length. */
const SPACING = 1000;
const GUID_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$';

const shiftReferences = (text: string, by: number, project: string): string =>
  text
    .split("'")
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part.replaceAll(/#(\d+)/g, (whole, id: string) => (id === project ? whole : `#${Number(id) + by}`)),
    )
    .join("'");

/**
 * Writes a larger file: `copies` of the building of `from` side by side in one project, each with its own records
 * and GlobalIds. For measuring how time and memory grow with the size of a model.
 */
export const replicateIfc = (from: string, to: string, copies: number): void => {
  const text = readFileSync(from, 'latin1');
  const dataStart = text.indexOf('\n', text.search(/\bDATA\s*;/)) + 1;
  const dataEnd = text.lastIndexOf('ENDSEC');
  const lines = text.slice(dataStart, dataEnd).split(/\r?\n(?=#|$)/);
  const ids = [...text.matchAll(/^#(\d+)/gm)].map((match) => Number(match[1]));
  const step = ids.reduce((most, id) => Math.max(most, id), 0) + 10;
  const project = /#(\d+)\s*=\s*IFCPROJECT\(/.exec(text)?.[1] ?? '';
  const output = openSync(to, 'w');
  writeSync(output, text.slice(0, dataStart), null, 'latin1');
  for (let copy = 0; copy < copies; copy++) {
    const by = copy * step;
    const moved = by + step - 1;
    const letter = GUID_LETTERS[copy % 64];
    const shifted = lines.flatMap((line) => {
      if (copy === 0) return [line];
      if (/=\s*IFCPROJECT\(/.test(line)) return [];
      return [
        shiftReferences(line, by, project)
          .replace(/(=\s*IFCLOCALPLACEMENT\(\s*)\$/, `$1#${moved}`)
          .replace(/(=\s*IFC\w+\('.)(.)(.{20}',)/, `$1${letter}$3`),
      ];
    });
    writeSync(output, `${shifted.join('\n')}\n`, null, 'latin1');
    if (copy > 0) {
      writeSync(
        output,
        `#${moved - 2}=IFCCARTESIANPOINT((${copy * SPACING}.,0.,0.));
#${moved - 1}=IFCAXIS2PLACEMENT3D(#${moved - 2},$,$);
#${moved}=IFCLOCALPLACEMENT($,#${moved - 1});
`,
      );
    }
  }
  writeSync(output, text.slice(dataEnd), null, 'latin1');
  closeSync(output);
};
