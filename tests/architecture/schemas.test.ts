import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedSchemas, schemaPath, schemaText } from '../../scripts/schemas.ts';

it.each(publishedSchemas)(
  'docs/schemas holds $file as scripts/write-schemas.ts writes it, to the byte',
  (one) => {
    expect(readFileSync(schemaPath(one.file), 'utf8')).toBe(schemaText(one));
  },
);
