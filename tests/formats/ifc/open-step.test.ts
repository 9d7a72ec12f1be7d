import { describe, expect, it } from 'vitest';
import { bytesSource, type ByteSource } from '../../../src/core/byte-source.ts';
import { openStepFile, type OpenedStep } from '../../../src/formats/ifc/open-step.ts';
import { smallHouse } from './small-house.ts';

const head = `ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('a.ifc','2026-01-01T00:00:00',(''),(''),'writer','author','');
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
`;
const tail = 'ENDSEC;\nEND-ISO-10303-21;\n';

const sourceOf = (text: string | Uint8Array): ByteSource =>
  bytesSource('a.ifc', typeof text === 'string' ? Buffer.from(text, 'latin1') : text);

const opened = (text: string | Uint8Array): OpenedStep => {
  const result = openStepFile(sourceOf(text));
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

const refusal = (text: string): string => {
  const result = openStepFile(sourceOf(text));
  return result.ok ? 'opened' : result.error.code;
};

const data = (records: string): OpenedStep => opened(head + records + tail);

describe('the text of a STEP file', () => {
  it('reads names in any case, over several lines, with blanks before the list', () => {
    const step = data(
      "#1 = IfcWallStandardCase\r\n  ('a',#2,$,*);\r\n#2=ifcowner();\n#3=\tIFCWALL ( .t. ) ;",
    );
    expect(step.idsOfType('IFCWALLSTANDARDCASE')).toEqual([1]);
    expect(step.record(1)).toEqual(['a', { ref: 2 }, null, null]);
    expect(step.typeOf(2)).toBe('IFCOWNER');
    expect(step.record(2)).toEqual([]);
    expect(step.record(3)).toEqual([{ enum: 'T' }]);
  });

  it('skips comments between and inside records, whatever they hold', () => {
    const step = data(
      "/* #7=IFCWALL('x'); ' */#1=/*a*/IFCWALL/*b;*/(/* ' */1,2/**/);/***/\n#2=IFCWALL(/*;*/3);",
    );
    expect(step.idsOfType('IFCWALL')).toEqual([1, 2]);
    expect(step.record(1)).toEqual([1, 2]);
    expect(step.record(2)).toEqual([3]);
    expect(step.recordsInFile).toBe(2);
  });

  it('skips comments between the number of a record and its name', () => {
    const step = data("#1/* ; #2=IFCDOOR(); ' */=/**/IFCWALL(1);\n#2 /**/ = IFCWALL(#1);\n#3/**/\n=\n(2);");
    expect(step.idsOfType('IFCWALL')).toEqual([1, 2]);
    expect(step.record(1)).toEqual([1]);
    expect(step.references(2)).toEqual([1]);
    expect(step.recordsInFile).toBe(3);
    expect(step.warnings).toEqual([]);
  });

  it('keeps semicolons, parentheses, hashes and comment marks inside strings', () => {
    const step = data("#1=IFCWALL('a;b','(#2=','it''s','/* no */',(('x)')));\n#2=IFCWALL('');");
    expect(step.record(1)).toEqual(['a;b', '(#2=', "it's", '/* no */', [['x)']]]);
    expect(step.record(2)).toEqual(['']);
  });

  it('decodes the escapes of ISO 10303-21 and the bytes writers put outside them', () => {
    const step = opened(
      Buffer.concat([
        Buffer.from(
          `${head}#1=A('Geb\\X2\\00E400F6\\X0\\ude','\\X4\\0001F3E0\\X0\\','caf\\X\\E9','caf\\S\\i','a\\\\b','\\PB\\\\S\\1');\n#2=A('`,
          'latin1',
        ),
        Buffer.from('été', 'utf8'),
        Buffer.from("','", 'latin1'),
        Buffer.from([0xe9, 0x74, 0xe9]),
        Buffer.from(`');\n${tail}`, 'latin1'),
      ]),
    );
    // 0xB1 of ISO 8859-2 is the Polish ogonek a.
    expect(step.record(1)).toEqual(['Gebäöude', '🏠', 'café', 'café', 'a\\b', 'ą']);
    expect(step.record(2)).toEqual(['été', 'été']);
  });

  it('reads numbers exactly as the language does', () => {
    const written = [
      '1.',
      '-0.5',
      '1.E-5',
      '2.5e+3',
      '0.1',
      '123456789.123456789',
      '-7',
      '1.7976931348623157E308',
    ];
    const step = data(`#1=A(${written.join(',')});`);
    expect(step.record(1)).toEqual(written.map(Number));
  });

  it('reads typed values and nested lists', () => {
    expect(data('#1=A(IFCLENGTHMEASURE(2.5),((1,2),(3)),(),.NOTDEFINED.);').record(1)).toEqual([
      { type: 'IFCLENGTHMEASURE', value: 2.5 },
      [[1, 2], [3]],
      [],
      { enum: 'NOTDEFINED' },
    ]);
  });

  it('accepts a byte order mark and Windows line ends', () => {
    const text = (head + '#1=IFCWALL();' + tail).replaceAll('\n', '\r\n');
    expect(opened(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])).schema).toBe('IFC4');
  });

  it('tells the application and the schema', () => {
    const step = data('');
    expect([step.schema, step.application]).toEqual(['IFC4', 'author']);
  });
});

describe('finding records', () => {
  const shuffled = (count: number, stride: number, spread: number): number[] =>
    Array.from({ length: count }, (_, i) => ((i * stride) % count) * spread + 1);

  it.each([
    ['in order', shuffled(5000, 1, 1)],
    ['shuffled', shuffled(5000, 1733, 1)],
    ['sparse and large', shuffled(5000, 1, 53_000_017)],
    ['sparse and shuffled', shuffled(5000, 1733, 9_000_000_007)],
  ])('finds every one when ids are %s', (_, ids) => {
    const step = data(ids.map((id) => `#${id}=IFCCARTESIANPOINT((${id}.,0.));\n`).join(''));
    expect(step.recordsInFile).toBe(ids.length);
    for (const id of ids) expect(step.record(id)).toEqual([[id, 0]]);
    expect(step.record(999_999_999_999)).toBeUndefined();
    expect(step.idsOfType('IFCCARTESIANPOINT')).toEqual(ids);
  });

  it('finds records that run over the pages they are read by, however long', () => {
    const texts = [
      ...Array.from({ length: 3000 }, (_, i) => `${i} ${'x'.repeat(97)}`),
      'y'.repeat(400_000),
      'last',
    ];
    const step = data(texts.map((text, i) => `#${i + 1}=IFCWALL('${text}',#${i});\n`).join(''));
    for (const [i, text] of texts.entries()) {
      expect(step.record(i + 1)?.[0]).toBe(text);
      expect(step.references(i + 1)).toEqual([i]);
      expect(step.recordText(i + 1)).toBe(`#${i + 1}=IFCWALL('${text}',#${i})`);
    }
  });

  it('tells an id used twice whether it is near the others or far from them', () => {
    // The second is far from the others when it is met, and no more so once there are as many records.
    const many = Array.from({ length: 70_000 }, (_, i) => `#${i + 1}=A();\n`).join('');
    const step = data(`#1500000=A(1);\n${many}#1500001=A(2);\n#1500000=A(3);\n#8=A(4);`);
    expect([step.record(1_500_000), step.record(1_500_001), step.record(8)]).toEqual([[1], [2], []]);
    expect(step.warnings).toMatchObject([{ code: 'duplicate-ids', ref: '#1500000' }]);
  });

  it('leaves aside a record whose id is beyond 2^53 and says so', () => {
    const step = data('#9007199254740991=A(1);\n#9007199254740993=A(2);\n#3=A(4);');
    expect(step.record(2 ** 53 - 1)).toEqual([1]);
    expect(step.record(3)).toEqual([4]);
    expect(step.warnings.map(({ code }) => code)).toEqual(['broken-records']);
  });

  it('keeps the first of two records with one id, in lists too, and warns with the line of the second', () => {
    const step = data('#1=IFCWALL(1);\n#1=IFCSLAB(2);\n#2=IFCWALL(3);');
    expect(step.record(1)).toEqual([1]);
    expect(step.idsOfType('IFCSLAB')).toEqual([]);
    expect(step.warnings).toMatchObject([{ code: 'duplicate-ids', ref: '#1', place: { line: 9 } }]);
  });

  it('loses only the broken record when a quote or a semicolon is missing', () => {
    const quote = data("#1=A('x);\n#2=A(2);\n#3=A(3);");
    expect([quote.record(1), quote.record(2), quote.record(3)]).toEqual([undefined, [2], [3]]);
    const semicolon = data('#1=A(1)\n#2=A(2);\n#3=A(3);');
    expect([semicolon.record(1), semicolon.record(2), semicolon.record(3)]).toEqual([undefined, [2], [3]]);
    expect(semicolon.warnings).toMatchObject([{ code: 'broken-records', place: { line: 8 } }]);
  });

  it('gives nothing for a record that is gone, when the file was cut after it was opened', () => {
    const whole = Buffer.from(`${head}#1=A(1);\n#2=A('${'x'.repeat(40_000)}');\n#3=A(3);\n${tail}`, 'latin1');
    let end = whole.length;
    let reads = 0;
    const opening = openStepFile({
      name: 'a.ifc',
      size: whole.length,
      read: (offset, length) => {
        if (++reads > 1000) throw new Error('read over and over');
        return whole.subarray(Math.min(end, offset), Math.min(end, offset + length));
      },
    });
    if (!opening.ok) throw new Error(opening.error.message.en);
    end = head.length + 1000;
    expect([1, 2, 3].map((id) => opening.value.record(id))).toEqual([[1], undefined, undefined]);
  });

  it('reads a record of 10 MB that straddles the chunks', () => {
    const long = 'x'.repeat(10_000_000);
    const step = data(`#1=A(1);\n#2=A('${long}');\n#3=A(3);`);
    expect(step.record(2)).toEqual([long]);
    expect(step.record(3)).toEqual([3]);
  });

  it('gives the same from a source that hands out a few bytes at a time as from one in memory', () => {
    const bytes = Buffer.from(smallHouse());
    const stingy: ByteSource = {
      name: 'a.ifc',
      size: bytes.length,
      read: (offset, length) => Uint8Array.from(bytes.subarray(offset, offset + length)),
      readInto: (offset, target) => bytes.copy(target, 0, offset, offset + target.length),
    };
    const [one, other] = [openStepFile(stingy), openStepFile(sourceOf(bytes))];
    if (!one.ok || !other.ok) throw new Error('refused');
    for (const type of ['IFCWALLSTANDARDCASE', 'IFCCARTESIANPOINT', 'IFCRELVOIDSELEMENT']) {
      const ids = other.value.idsOfType(type);
      expect(one.value.idsOfType(type)).toEqual(ids);
      for (const id of ids) expect(one.value.record(id)).toEqual(other.value.record(id));
    }
  });

  it('counts the records parsed, each once', () => {
    const step = data('#1=A(#2);\n#2=A(1);\n#3=A(2);');
    step.record(1);
    step.record(1);
    step.typeOf(3);
    expect(step.recordsParsed()).toBe(1);
  });

  it('lists references without parsing, outside strings and comments only', () => {
    expect(data("#1=A(#2,'#3',(#4,(#5)),/*#6*/IFCSET((#7)));").references(1)).toEqual([2, 4, 5, 7]);
  });

  it('does not follow lists nested without end', () => {
    expect(data(`#1=A(${'('.repeat(5000)}${')'.repeat(5000)});`).record(1)).toBeUndefined();
  });
});

describe('files that cannot be opened', () => {
  it.each([
    ['an empty file', '', 'not-an-ifc-file'],
    ['text', 'hello', 'not-an-ifc-file'],
    ['XML', '<?xml version="1.0"?><ifcXML/>', 'not-an-ifc-file'],
    ['JSON', '{"type":"ifcJSON"}', 'not-an-ifc-file'],
    ['a string without end', "#1=IFCLABEL('unfinished", 'unterminated-string'],
    ['a file without header', '#1=IFCWALL();', 'truncated-file'],
    ['another STEP schema', `${head.replace('IFC4', 'AUTOMOTIVE_DESIGN')}${tail}`, 'unsupported-schema'],
    ['IFC 1.5', `${head.replace('IFC4', 'IFC151')}${tail}`, 'unsupported-schema'],
    ['a file cut inside a record', `${head}#1=IFCWALL(1);\n#2=IFCWA`, 'truncated-file'],
    ['a file cut between records', `${head}#1=IFCWALL(1);\n`, 'truncated-file'],
    ['a comment without end', `${head}#1=IFCWALL(1);\n/* oops ${tail}`, 'truncated-file'],
  ])('refuses %s', (_, text, code) => expect(refusal(text)).toBe(code));

  it('warns when only the last mark is missing', () => {
    expect(opened(`${head}#1=A();\nENDSEC;\n`).warnings.map(({ code }) => code)).toEqual([
      'missing-end-mark',
    ]);
  });

  it('names the line where a cut file stops, in both languages', () => {
    const result = openStepFile(sourceOf(`${head}#1=IFCWALL(1);\n#2=IFCWA`));
    if (result.ok) throw new Error('opened');
    expect(result.error.where).toEqual({ file: 'a.ifc', line: 9 });
    expect(result.error.message.fr).toContain('ligne 9');
    expect(result.error.message.en).toContain('line 9');
  });

  it.each(['IFC2X_FINAL', 'IFC2X3', 'ifc4', 'IFC4X3_ADD2', 'IFC2X2_FINAL'])('accepts schema %s', (schema) => {
    expect(opened(head.replace('IFC4', schema) + tail).schema).toBe(schema.toUpperCase());
  });
});
