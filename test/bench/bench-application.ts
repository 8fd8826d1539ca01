import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  RecordPurchase,
  RegisterCustomer,
  RegisterTicket,
  UpdateCustomerProfile,
} from '@rapport/domain/commands';
import type { CommandResult } from '@rapport/kernel';
import { openAt, type Application, type Place } from '@rapport/platform';

const folders: string[] = [];
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  removedAtEnd(folder);
  return folder;
};
/** Also where the run is stopped in the middle. */
export const removedAtEnd = (folder: string): void => void folders.push(folder);
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

/** The whole product in a place where nothing is yet (default: a new folder); `live` starts read models, policies and seals. */
export const opened = async (
  live: boolean,
  place: Place = { folder: temporaryFolder() },
): Promise<Application> => {
  const application = await openAt(place, { threads: true });
  if (live) await application.start();
  return application;
};

const ACTOR = { id: 'bench', role: 'CRM_MANAGER' };
export const send = (application: Application, commandId: string, command: object): Promise<CommandResult> =>
  application.execute(command, {
    ...{ commandId, correlationId: commandId, actor: ACTOR, source: 'BENCH', now: application.now() },
  });

export const newCustomer = (n: number): object =>
  RegisterCustomer.of({
    ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: `industry ${n % 40}` },
    source: 'ONLINE_QUESTIONNAIRE',
  });
export const newTicket = (n: number, customers: number): object =>
  RegisterTicket.of({
    ...{ ticketId: `t-${n}`, customerId: `c-${n % customers}`, type: 'SERVICE', urgency: 'ROUTINE' },
    ...{ channel: 'EMAIL', verbatim: `The export of order ${n} stops half way`, collectorId: 'ann' },
    raisedAt: new Date().toISOString(),
  });
export const profileChange = (n: number, customers: number): object =>
  UpdateCustomerProfile.of({
    ...{ customerId: `c-${n % customers}`, field: 'CONSUMPTION_PREFERENCE', value: `preference ${n}` },
    source: 'INTERVIEW',
  });
export const newPurchase = (n: number, customers: number): object =>
  RecordPurchase.of({
    ...{ purchaseId: `p-${n}`, customerId: `c-${n % customers}` },
    amount: { minor: 1_000 + (n % 9_000), currency: 'EUR' },
  });
