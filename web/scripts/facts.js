// Writes src/api/facts.ts: what openapi.yaml says of the plain facts of a project.
import { readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { format, resolveConfig } from 'prettier';

const target = new URL('../src/api/facts.ts', import.meta.url).pathname;
const description = load(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'));
const facts = description.components.schemas.ProjectBody['x-facts'];
const source = `/** The plain facts of a project, in the order in which it shows them. Made from openapi.yaml by \`npm run generate\`. */
export const PLAIN_FACTS = ${JSON.stringify(facts)} as const;
`;
writeFileSync(target, await format(source, { ...(await resolveConfig(target)), parser: 'typescript' }));
