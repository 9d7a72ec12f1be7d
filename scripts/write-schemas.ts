import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedSchemas, schemaPath, schemaText } from './schemas.ts';

/** Writes the JSON schemas of docs/schemas. */
mkdirSync('docs/schemas', { recursive: true });
for (const published of publishedSchemas) writeFileSync(schemaPath(published.file), schemaText(published));
