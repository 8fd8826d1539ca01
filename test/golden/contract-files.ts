import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '@rapport/kernel';
import { idOf, type Contract } from '@rapport/integration';
import { schemaOf } from '@rapport/platform';
import { events, FOLDER, goldenFile, readGolden } from './golden-files';

export const CONTRACTS_FOLDER = join(FOLDER, 'contracts');

/** When the example of an event happened. */
const AT = '2024-03-01T10:30:00.000Z';

export const contractFile = (contract: Contract): string => `${idOf(contract)}.json`;
export const contractFiles = (): readonly string[] => readdirSync(CONTRACTS_FOLDER);

/** Everything about a contract that others may rest on: where it is told, its shape, and what our events become in it. */
export const promiseOf = (contract: Contract): object => ({
  topic: contract.topic.topic,
  key: contract.key,
  schema: schemaOf(contract.body),
  examples: Object.fromEntries(contract.events.map((type) => [type, exampleOf(contract, type)])),
});
const exampleOf = (contract: Contract, type: string): object => {
  const messageClass = events[type];
  if (!messageClass) throw new Error(`there is no event ${type}`);
  const data = readGolden(goldenFile(type, versionOf(messageClass)));
  return contract.bodyOf({ type, data, occurredAt: AT });
};

export const textOf = (promise: object): string => `${JSON.stringify(promise, null, 2)}\n`;
export const frozen = (contract: Contract): string | null => {
  const file = join(CONTRACTS_FOLDER, contractFile(contract));
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};
